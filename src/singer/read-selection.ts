import type { CatalogStream, SelectedStream } from '../message/catalog.ts';
import { ConfigurationError } from '../runtime/errors.ts';
import type { Logger } from '../runtime/log.ts';
import { isAutomatic, propertyBreadcrumb } from './catalog.ts';
import { isSelected, MetadataMap } from './selection-rule.ts';
import { parseCatalogFile, type WrittenEntry } from './written-catalog.ts';

/** What is read when the user gave no catalog. */
export function defaultSelection(offered: readonly CatalogStream[]): readonly SelectedStream[] {
  return offered.filter(({ selectedByDefault }) => selectedByDefault).map(({ name }) => ({ name }));
}

/**
 * What a catalog file asks for. Streams and columns that it selects but that are not offered are told of and left
 * out; columns that are offered but that the file does not mention follow their stream.
 *
 * @throws ConfigurationError `catalog.invalid` when the file is no catalog, `catalog.nothing-selected`
 */
export function readSelection(
  catalog: unknown,
  path: string,
  offered: readonly CatalogStream[],
  log: Logger,
): readonly SelectedStream[] {
  const byName = new Map(offered.map((stream) => [stream.name, stream]));
  const selection: SelectedStream[] = [];
  for (const entry of parseCatalogFile(catalog, path)) {
    const metadata = new MetadataMap(entry.metadata);
    if (!isSelected(metadata, [])) continue;
    const stream = byName.get(entry.name);
    if (stream) selection.push(selectStream(stream, entry, metadata, log));
    else warnOfStream(entry.name, log);
  }
  if (selection.length === 0) throw nothingSelected(path);
  return selection;
}

function selectStream(stream: CatalogStream, entry: WrittenEntry, metadata: MetadataMap, log: Logger): SelectedStream {
  const offered = Object.keys(stream.schema.properties ?? {});
  const isRead = (name: string) => isAutomatic(stream, name) || isSelected(metadata, propertyBreadcrumb(name));
  const columns = offered.filter(isRead);
  warnOfColumns(stream, entry, metadata, log);
  return {
    name: stream.name,
    ...(columns.length < offered.length ? { columns: new Set(columns) } : {}),
    ...(asksForFullRefresh(stream, entry, metadata, log) ? { fullRefresh: true } : {}),
  };
}

/**
 * Users ask for another way of reading in three places: the specification's `replication-method`, which wins, and the
 * two that `--discover` fills in and that Meltano's users edit.
 */
function asksForFullRefresh(
  { name, replicationMethod, replicationKey }: CatalogStream,
  entry: WrittenEntry,
  metadata: MetadataMap,
  log: Logger,
): boolean {
  const root = metadata.at([]);
  const edited = [entry.replicationMethod, root['forced-replication-method']];
  const asked = root['replication-method'] ?? edited.find((method) => method && method !== replicationMethod);
  const key = root['replication-key'] ?? entry.replicationKey;
  if (asked === 'FULL_TABLE') return replicationMethod !== 'FULL_TABLE';
  if (asked !== undefined && asked !== replicationMethod) warnOfMethod(name, asked, replicationMethod, log);
  if (key !== undefined && key !== replicationKey) warnOfKey(name, key, replicationKey, log);
  return false;
}

function warnOfColumns(stream: CatalogStream, entry: WrittenEntry, metadata: MetadataMap, log: Logger): void {
  for (const { breadcrumb } of entry.metadata) {
    const [, name, ...deeper] = breadcrumb;
    if (name === undefined || deeper.length > 0 || stream.schema.properties?.[name] !== undefined) continue;
    if (!isSelected(metadata, breadcrumb)) continue;
    log.warning({
      en: `The catalog selects ${stream.name}.${name}, but there is no such column; it is left out`,
      ja: `カタログで選択された列 ${stream.name}.${name} は存在しないため、除外します`,
    });
  }
}

function warnOfStream(name: string, log: Logger): void {
  log.warning({
    en: `The catalog selects the stream ${name}, but there is no such stream; it is left out`,
    ja: `カタログで選択されたストリーム ${name} は存在しないため、除外します`,
  });
}

function warnOfMethod(stream: string, asked: string, possible: string, log: Logger): void {
  log.warning({
    en: `${stream} cannot be read as ${asked}; it is read as ${possible}`,
    ja: `${stream} は ${asked} では読み取れないため、${possible} で読み取ります`,
  });
}

function warnOfKey(stream: string, asked: string, possible: string | undefined, log: Logger): void {
  const [en, ja] = possible === undefined ? ['none', 'なし'] : [possible, possible];
  log.warning({
    en: `${stream} cannot be read by the replication key ${asked}; its own is used: ${en}`,
    ja: `${stream} では複製キー ${asked} を使えないため、本来のキーを使います: ${ja}`,
  });
}

function nothingSelected(path: string): ConfigurationError {
  return new ConfigurationError({
    code: 'catalog.nothing-selected',
    text: { en: 'this catalog selects no stream', ja: 'このカタログではストリームが 1 つも選択されていません' },
    hint: {
      en: 'Set "selected": true in the metadata with the empty breadcrumb of a stream, or give no catalog to read everything usual.',
      ja: 'ストリームの空の breadcrumb のメタデータに "selected": true を設定するか、カタログを指定せずに標準のストリームをすべて読み取ってください。',
    },
    path,
  });
}
