import type { VersionMessage } from '../message/message.ts';
import type { Row } from '../message/value.ts';
import { DataError } from '../runtime/errors.ts';
import type { ChangeCollector, RowChanges, RowMessage } from './changes.ts';
import { collectChanges } from './collect-changes.ts';
import type { Cells, Facts, Within } from './dialect.ts';
import { type EncodingTimes, RowEncoder } from './encode.ts';
import type { Layout } from './layout.ts';
import type { Reject } from './rejects.ts';
import { Tally } from './report.ts';
import type { SpareBuffers } from './rows/spare-buffers.ts';
import type { UnparsedRecord } from './text/unparsed.ts';

/** Part of one stream's batch: rows that may be written together, or what makes or ends a reading. */
export type EncodedStep = RowsStep | VersionStep;

export interface RowsStep {
  readonly kind: 'rows';
  readonly version: number | undefined;
  readonly changes: RowChanges;
}

export type VersionStep =
  | { readonly kind: 'activate'; readonly version: number }
  | { readonly kind: 'activatePart'; readonly version: number | undefined; readonly part: Within }
  | {
      readonly kind: 'keep';
      readonly version: number;
      readonly columns: readonly string[];
      readonly parents: readonly Cells[];
    };

type OpenStep =
  | { readonly kind: 'rows'; readonly version: number | undefined; readonly collector: ChangeCollector }
  | VersionStep;

export interface EncodingContext extends EncodingTimes {
  readonly facts: Facts;
  /** The version that all rows of this run belong to, if the run replaces its tables; no other one counts then. */
  readonly runVersion: number | undefined;
  /** Whether rows that do not fit are put aside. */
  readonly rejects: boolean;
  readonly spare: SpareBuffers;
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
    this.encoder = new RowEncoder(layout, context.facts, context, this.tally);
  }

  /** Throws `TooNarrow`, or a `DataError` unless that row is put aside; then nothing of the message is taken. */
  take(message: RowMessage | UnparsedRecord | VersionMessage): void {
    const { runVersion } = this.#context;
    if (message.type === 'unparsed') {
      this.#takeText(message);
      return;
    }
    if (isVersionMessage(message)) {
      if (runVersion === undefined || runVersion === message.version) this.#steps.push(this.#versionStep(message));
      return;
    }
    this.#takeRow(message, runVersion ?? versionOf(message));
    this.tally.received += message.type === 'children' ? message.records.length : 1;
  }

  #versionStep(message: VersionMessage): VersionStep {
    switch (message.type) {
      case 'activateVersion':
        return { kind: 'activate', version: message.version };
      case 'activatePart': {
        const { columns, parents } = this.#named([message.part]);
        return { kind: 'activatePart', version: message.version, part: { columns, values: parents[0] ?? [] } };
      }
      case 'keep':
        return { kind: 'keep', version: message.version, ...this.#named(message.parents) };
    }
  }

  /** Parts of the table as its columns name them. */
  #named(rows: readonly Row[]) {
    const properties = Object.keys(rows[0] ?? {});
    const places = properties.map((property) => this.layout.data.findIndex((column) => column.property === property));
    if (places.includes(-1)) throw unknownPart(this.layout, properties);
    const columns = places.map((place) => this.layout.data[place]?.name ?? '');
    return { columns, parents: rows.map((row) => this.encoder.cells(row, places)) };
  }

  #takeText(message: UnparsedRecord): void {
    const envelope = this.encoder.scan(message);
    if (envelope !== undefined) {
      const collector = this.#collectorFor(this.#context.runVersion ?? envelope.version);
      if (collector.takeScanned?.(envelope) === true) {
        this.tally.received += 1;
        return;
      }
    }
    this.take(message.parsed());
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
      step.kind === 'rows' ? { kind: 'rows', version: step.version, changes: step.collector.changes() } : step,
    );
  }

  /** Once all of it is committed: it may not be used any more. */
  release(): void {
    for (const step of this.#steps) if (step.kind === 'rows') step.collector.release?.();
  }

  versions(): readonly number[] {
    return this.#steps.flatMap(({ version }) => version ?? []);
  }

  #collectorFor(version: number | undefined): ChangeCollector {
    const last = this.#steps.at(-1);
    if (last?.kind === 'rows' && last.version === version) return last.collector;
    const collector = collectChanges(this.layout, this.encoder, this.tally, this.#context.spare);
    this.#steps.push({ kind: 'rows', version, collector });
    return collector;
  }
}

function isVersionMessage(message: RowMessage | VersionMessage): message is VersionMessage {
  return message.type === 'activateVersion' || message.type === 'activatePart' || message.type === 'keep';
}

function unknownPart({ stream }: Layout, properties: readonly string[]): DataError {
  const names = properties.join(', ');
  return new DataError({
    code: 'load.part-not-in-table',
    path: stream,
    text: {
      en: `A part of the table is named by ${names}, which are not all among its columns.`,
      ja: `テーブルの一部を示す項目 ${names} に、列でないものが含まれています。`,
    },
    hint: { en: 'This is a fault of the reader: please report it.', ja: '読み取り側の不具合です。ご報告ください。' },
  });
}

function versionOf(message: RowMessage): number | undefined {
  return message.type === 'children' ? undefined : message.version;
}
