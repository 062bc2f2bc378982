import type { BacklogClient } from '../backlog/client.ts';
import type { CatalogStream, SelectedStream } from '../message/catalog.ts';
import type { TapState } from '../message/state.ts';
import { ConfigurationError } from '../runtime/errors.ts';
import { EXIT_DONE, EXIT_FAILED } from '../runtime/exit-code.ts';
import { readJsonFile } from '../runtime/json-file.ts';
import { silentLogger } from '../runtime/log.ts';
import {
  type CustomFields,
  compareRequests,
  isRestriction,
  minimumSeconds,
  type OnRequest,
  offeredStreams,
  offeredWithCustomFields,
  planReading,
  type ReadingPlan,
  type ReadOptions,
  RequestCount,
  readCustomFields,
  readStreams,
  requestsForCustomFields,
  sumCounts,
  sumResources,
} from '../tap/tap.ts';
import { catalogOf } from './catalog.ts';
import type { Host } from './host.ts';
import { formatPlan, requestsLine } from './plan-text.ts';
import { type Program, type Run, runProgram, settingsOf } from './program.ts';
import { defaultSelection, readSelection } from './read-selection.ts';
import {
  clientSettingsOf,
  discoverySettingsSchema,
  readSettingsOf,
  spellingOf,
  type TapConfig,
  tapSettingsSchema,
} from './tap-settings.ts';
import { writeReading } from './write-reading.ts';

export const tapBacklog: Program<typeof tapSettingsSchema> = {
  kind: 'tap',
  name: 'tap-backlog',
  description: {
    en: 'Singer tap for Backlog by Nulab: issues, comments, projects, wikis and all else that its API gives.',
    ja: 'Nulab の Backlog から課題、コメント、プロジェクト、Wiki など API で取得できるデータを読み取る Singer タップ。',
  },
  environmentPrefix: 'TAP_BACKLOG',
  capabilities: ['about', 'activate-version', 'catalog', 'discover', 'properties', 'state', 'structured-logging'],
  schema: tapSettingsSchema,
};

/** The whole of `tap-backlog`, to its exit code. */
export function tapMain(host: Host): Promise<number> {
  return runProgram(tapBacklog, host, (run) => {
    const { discover: isDiscovery, plan: isPlan } = run.command;
    return isDiscovery ? discover(run) : isPlan ? plan(run) : read(run);
  });
}

async function discover(run: Run): Promise<number> {
  const streams = needsNetwork(run) ? await discoverFields(run) : offeredStreams();
  await run.output.write(`${JSON.stringify(catalogOf(streams), null, 2)}\n`);
  return EXIT_DONE;
}

/** Without columns for custom fields, discovery takes no setting at all. What is wrong with others is told later. */
function needsNetwork(run: Run): boolean {
  const log = { ...silentLogger, metric: () => undefined };
  const settings = settingsOf({ ...tapBacklog, schema: discoverySettingsSchema }, { ...run, log });
  return settings.custom_field_columns !== 'none';
}

function discoverFields(run: Run): Promise<readonly CatalogStream[]> {
  const config = settingsOf(tapBacklog, run);
  return withClient(config, run, async (client) => offeredTo(await customFieldsOf(config, run, client)));
}

async function read(run: Run): Promise<number> {
  const config = settingsOf(tapBacklog, run);
  const requests = new RequestCount();
  return withReading(config, run, requests, async (options) => {
    const { output, log, host, stop, command } = run;
    const tools = { spelling: spellingOf(config), output, log, clock: host.clock, signal: stop.signal };
    const planned = command.planFirst ? await planOf({ ...options, log: silentLogger }, config) : undefined;
    const report = await writeReading(readStreams(options), tools);
    for (const resource of compareRequests(requests, planned?.resources)) log.info(requestsLine(resource));
    return report?.failures.every(isRestriction) ? EXIT_DONE : EXIT_FAILED;
  });
}

/** Of the whole program: what was asked for before the reading is a part of it. */
async function planOf(options: ReadOptions, { budget_share: share }: TapConfig): Promise<ReadingPlan> {
  const { onRequest: _, ...unwatched } = options;
  const { customFields } = options;
  const reading = await planReading(unwatched, share);
  if (customFields === undefined) return reading;
  const resources = sumResources([...requestsForCustomFields(customFields), ...reading.resources]);
  const requests = sumCounts(resources.map((each) => each.requests));
  return { ...reading, resources, requests, minimumSeconds: minimumSeconds(requests, reading.limits, share) };
}

async function plan(run: Run): Promise<number> {
  const config = settingsOf(tapBacklog, run);
  return withReading(config, run, new RequestCount(), async (options) => {
    const { output, command, language } = run;
    await output.write(formatPlan(await planOf(options, config), command.format, language));
    return EXIT_DONE;
  });
}

async function withReading<T>(
  config: TapConfig,
  run: Run,
  requests: RequestCount,
  work: (options: ReadOptions) => Promise<T>,
): Promise<T> {
  const state = stateOf(run);
  const settings = readSettingsOf(config);
  const onRequest: OnRequest = (resource, rateClass) => requests.add(resource, rateClass);
  return withClient(config, run, async (client) => {
    const customFields = await customFieldsOf(config, run, client, onRequest);
    const selection = selectionOf(run, offeredTo(customFields));
    const { host, log, stop } = run;
    const options = { client, selection, settings, clock: host.clock, log, signal: stop.signal, onRequest };
    return await work({ ...options, ...(state && { state }), ...(customFields && { customFields }) });
  });
}

async function withClient<T>(
  config: TapConfig,
  { host, log }: Run,
  work: (client: BacklogClient) => Promise<T>,
): Promise<T> {
  const { clock, environment } = host;
  // What speaks HTTP takes longer to load than all else together, and most answers about the program need none of it.
  const { createClient } = await import('../backlog/create-client.ts');
  const client = createClient(clientSettingsOf(config), { clock, log, environment });
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

/** Undefined where columns for them are not asked for. */
async function customFieldsOf(
  config: TapConfig,
  { log, stop }: Run,
  client: BacklogClient,
  onRequest?: OnRequest,
): Promise<CustomFields | undefined> {
  const { custom_field_columns: naming } = config;
  if (naming === 'none') return undefined;
  const { projectKeys } = readSettingsOf(config);
  return readCustomFields({ client, naming, projectKeys, log, signal: stop.signal, onRequest });
}

function offeredTo(customFields: CustomFields | undefined): readonly CatalogStream[] {
  return customFields ? offeredWithCustomFields(customFields.columns) : offeredStreams();
}

function selectionOf({ command: { catalog }, log }: Run, offered: readonly CatalogStream[]): readonly SelectedStream[] {
  return catalog === undefined
    ? defaultSelection(offered)
    : readSelection(readJsonFile(catalog), catalog, offered, log);
}

/** The file holds the value of a STATE message. An empty object, as Meltano may pass it, is no state. */
function stateOf({ command: { state: path } }: Run): TapState | undefined {
  if (path === undefined) return undefined;
  const state = readJsonFile(path);
  if (typeof state !== 'object' || state === null || Array.isArray(state)) throw invalidState(path);
  return Object.keys(state).length === 0 ? undefined : (state as TapState);
}

function invalidState(path: string): ConfigurationError {
  return new ConfigurationError({
    code: 'state.invalid',
    text: {
      en: 'a state file must hold one JSON object',
      ja: '状態ファイルの内容は 1 つの JSON オブジェクトでなければなりません',
    },
    hint: {
      en: 'Give the last line that the target wrote, or leave --state out to read everything.',
      ja: 'ターゲットが最後に出力した行を渡すか、--state を省略してすべてを読み取ってください。',
    },
    path,
  });
}
