import type {
  ActivateVersionMessage,
  ChildrenMessage,
  Message,
  RecordMessage,
  TombstoneMessage,
} from '../message/message.ts';

export type RowMessage = RecordMessage | TombstoneMessage | ChildrenMessage;

/** Part of one stream's batch: rows that may be written together, or the end of a reading. */
export type Step =
  | { readonly kind: 'rows'; readonly version: number | undefined; readonly rows: readonly RowMessage[] }
  | { readonly kind: 'activate'; readonly version: number };

/**
 * The batch by stream. Within a stream the order of rows and versions is kept; between streams there is none, as each
 * has a table of its own. With `runVersion`, all rows belong to that version and no other one counts.
 */
export function stepsByStream(messages: readonly Message[], runVersion?: number): ReadonlyMap<string, readonly Step[]> {
  const streams = new Map<string, MutableStep[]>();
  for (const message of messages) {
    if (message.type === 'schema' || message.type === 'state') continue;
    const steps = streams.get(message.stream) ?? [];
    if (steps.length === 0) streams.set(message.stream, steps);
    if (message.type !== 'activateVersion') rowsOf(runVersion ?? versionOf(message), steps).push(message);
    else if (runVersion === undefined || runVersion === message.version) steps.push(activation(message));
  }
  return streams;
}

type MutableStep =
  | { readonly kind: 'rows'; readonly version: number | undefined; readonly rows: RowMessage[] }
  | { readonly kind: 'activate'; readonly version: number };

function versionOf(message: RowMessage): number | undefined {
  return message.type === 'children' ? undefined : message.version;
}

function activation({ version }: ActivateVersionMessage): Step & { readonly kind: 'activate' } {
  return { kind: 'activate', version };
}

function rowsOf(version: number | undefined, steps: MutableStep[]): RowMessage[] {
  const last = steps.at(-1);
  if (last?.kind === 'rows' && last.version === version) return last.rows;
  const rows: RowMessage[] = [];
  steps.push({ kind: 'rows', version, rows });
  return rows;
}
