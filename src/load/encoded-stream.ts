import type { ActivateVersionMessage } from '../message/message.ts';
import { DataError } from '../runtime/errors.ts';
import { type ChangeCollector, collectChanges, type RowChanges, type RowMessage } from './changes.ts';
import type { Facts } from './dialect.ts';
import { RowEncoder } from './encode.ts';
import type { Layout } from './layout.ts';
import type { Reject } from './rejects.ts';
import { Tally } from './report.ts';

/** Part of one stream's batch: rows that may be written together, or the end of a reading. */
export type EncodedStep =
  | { readonly kind: 'rows'; readonly version: number | undefined; readonly changes: RowChanges }
  | { readonly kind: 'activate'; readonly version: number };

type OpenStep =
  | { readonly kind: 'rows'; readonly version: number | undefined; readonly collector: ChangeCollector }
  | { readonly kind: 'activate'; readonly version: number };

export interface EncodingContext {
  readonly facts: Facts;
  /** When the batch began to come, in milliseconds. */
  readonly received: number;
  /** The version that all rows of this run belong to, if the run replaces its tables; no other one counts then. */
  readonly runVersion: number | undefined;
  /** Whether rows that do not fit are put aside. */
  readonly rejects: boolean;
}

/**
 * The rows of one stream in a batch, encoded as they come. Within a stream the order of rows and versions is kept;
 * between streams there is none, as each has a table of its own.
 */
export class EncodedStream {
  readonly layout: Layout;
  readonly encoder: RowEncoder;
  /** What is known before anything is written: rows received, ignored, fields not declared. */
  readonly tally = new Tally();
  readonly rejects: Reject[] = [];
  readonly #context: EncodingContext;
  readonly #steps: OpenStep[] = [];

  constructor(layout: Layout, context: EncodingContext) {
    this.layout = layout;
    this.#context = context;
    this.encoder = new RowEncoder(layout, context.facts, context.received, this.tally);
  }

  /** Throws `TooNarrow`, or a `DataError` unless that row is put aside; then nothing of the message is taken. */
  take(message: RowMessage | ActivateVersionMessage): void {
    const { runVersion } = this.#context;
    if (message.type === 'activateVersion') {
      const counts = runVersion === undefined || runVersion === message.version;
      if (counts) this.#steps.push({ kind: 'activate', version: message.version });
      return;
    }
    this.#takeRow(message, runVersion ?? versionOf(message));
    this.tally.received += message.type === 'children' ? message.records.length : 1;
  }

  #takeRow(message: RowMessage, version: number | undefined): void {
    try {
      this.#collectorFor(version).take(message);
    } catch (error) {
      if (!this.#context.rejects || message.type === 'children' || !(error instanceof DataError)) throw error;
      this.rejects.push({ stream: message.stream, record: message.record, reason: error });
      this.tally.rejected += 1;
    }
  }

  steps(): readonly EncodedStep[] {
    return this.#steps.map((step) =>
      step.kind === 'activate' ? step : { kind: 'rows', version: step.version, changes: step.collector.changes() },
    );
  }

  versions(): readonly number[] {
    return this.#steps.flatMap(({ version }) => version ?? []);
  }

  #collectorFor(version: number | undefined): ChangeCollector {
    const last = this.#steps.at(-1);
    if (last?.kind === 'rows' && last.version === version) return last.collector;
    const collector = collectChanges(this.layout, this.encoder, this.tally);
    this.#steps.push({ kind: 'rows', version, collector });
    return collector;
  }
}

function versionOf(message: RowMessage): number | undefined {
  return message.type === 'children' ? undefined : message.version;
}
