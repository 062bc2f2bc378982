import type { Message, SchemaMessage, VersionMessage } from '../message/message.ts';
import type { Clock } from '../runtime/clock.ts';
import { type AppError, ConfigurationError, DataError } from '../runtime/errors.ts';
import type { Logger } from '../runtime/log.ts';
import { Batch, segments } from './batch.ts';
import type { RowMessage } from './changes.ts';
import { type BatchPart, type CommitContext, type Committed, commitBatch, type Layouts } from './commit.ts';
import type { Session } from './dialect.ts';
import { dropReadings } from './drop-readings.ts';
import { TooNarrow } from './encode.ts';
import { type Flattening, flattened, flattening } from './flatten.ts';
import { recordBeforeSchema, sharedTable } from './loader-errors.ts';
import { shortHash } from './naming.ts';
import { earlyVersion, noticesOf } from './notices.ts';
import { type LoadReport, Tally } from './report.ts';
import { SpareBuffers } from './rows/spare-buffers.ts';
import type { LoadSettings } from './settings.ts';
import { displayName, fitTable } from './table.ts';
import type { UnparsedRecord } from './text/unparsed.ts';

/** Turns messages into tables. Once it has rejected, it takes nothing more. */
export interface Loader {
  /** Takes messages in order; resolves when more may be given (back-pressure). */
  write(messages: readonly (Message | UnparsedRecord)[]): Promise<void>;
  /** Commits everything given so far; then `onState` has seen the newest state before this point. */
  flush(): Promise<void>;
  /** Flushes and reports. */
  finish(): Promise<LoadReport>;
  /** What has been committed so far, also after it has rejected. */
  report(): LoadReport;
}

export interface LoaderOptions {
  readonly session: Session;
  readonly settings: LoadSettings;
  /** Called with a state only when every record before it is committed (invariant 1). */
  readonly onState: (value: unknown) => void | Promise<void>;
  readonly clock: Clock;
  readonly log: Logger;
}

export function createLoader(options: LoaderOptions): Loader {
  return new BatchLoader(options);
}

/** Rows that wait for their table to be known are parsed, and take several times the memory of others. */
const MOST_WAITING = 1000;

/** Batches begin small and become twice as large each time, so that the database soon has something to do. */
const FIRST_BYTES = 128 * 1024;

class BatchLoader implements Loader {
  readonly #options: LoaderOptions;
  readonly #started: number;
  readonly #runVersion: number | undefined;
  readonly #schemas = new Map<string, { readonly message: SchemaMessage; readonly digest: string }>();
  readonly #flattenings = new Map<string, Flattening>();
  readonly #tallies = new Map<string, Tally>();
  readonly #spare = new SpareBuffers();
  #layouts: Layouts = new Map();
  #batch: Batch;
  /** As many bytes as the next batch may have. */
  #bytesAtOnce = FIRST_BYTES;
  #committing: Promise<void> = Promise.resolve();
  #failure: { readonly error: unknown } | undefined;

  constructor(options: LoaderOptions) {
    this.#options = options;
    this.#started = options.clock.now();
    this.#runVersion = options.settings.loadMethod === 'overwrite' ? this.#started : undefined;
    this.#batch = this.#newBatch();
  }

  async write(messages: readonly (Message | UnparsedRecord)[]): Promise<void> {
    this.#throwFailure();
    if (this.#batch.isEmpty) this.#batch = this.#newBatch();
    for (const message of messages) {
      const pending = this.#take(message);
      if (pending !== undefined) await pending;
    }
    if (this.#isDue()) await this.flush();
  }

  async flush(): Promise<void> {
    this.#throwFailure();
    if (!this.#batch.isEmpty) await this.#commitSoon();
    await this.#committing;
    this.#throwFailure();
  }

  async finish(): Promise<LoadReport> {
    this.#throwFailure();
    await this.#committing;
    const version = this.#runVersion;
    if (version !== undefined) {
      for (const stream of this.#schemas.keys()) this.#place({ type: 'activateVersion', stream, version });
    }
    await this.flush();
    await this.#dropReadings();
    return this.report();
  }

  /**
   * Hands the batch over and resolves when the one before it is committed: so the next one is read and encoded while
   * the database works on this one. A batch that may change a table is waited for, as rows cannot be encoded for it
   * meanwhile.
   */
  async #commitSoon(): Promise<void> {
    const batch = this.#batch;
    const before = this.#committing;
    this.#batch = this.#newBatch();
    this.#bytesAtOnce = Math.min(2 * this.#bytesAtOnce, this.#options.settings.batchBytes);
    this.#committing = before
      .then(() => (this.#failure === undefined ? this.#commitOrReplay(batch) : undefined))
      .catch((error: unknown) => {
        this.#failure = { error };
      });
    await (batch.waits() ? this.#committing : before);
    this.#throwFailure();
  }

  /** Takes a message; a promise if the batch before it has to be committed first. */
  #take(message: Message | UnparsedRecord): Promise<void> | undefined {
    switch (message.type) {
      case 'schema':
        return this.#takeSchema(message);
      case 'activateVersion':
      case 'activatePart':
      case 'keep':
        return this.#takeVersion(message);
      case 'state':
        this.#batch.push(message);
        return undefined;
      default:
        if (!this.#schemas.has(message.stream)) return this.#fail(recordBeforeSchema(message.stream));
        return this.#takeRow(message);
    }
  }

  #takeRow(given: RowMessage | UnparsedRecord): Promise<void> | undefined {
    try {
      this.#place(this.#flattenings.has(given.stream) ? this.#parsed(given) : given);
    } catch (error) {
      if (!(error instanceof TooNarrow)) return this.#fail(error);
      return this.flush().then(() => this.#batch.push(this.#parsed(given)));
    }
    return this.#isFull() ? this.#commitSoon() : undefined;
  }

  /** Encodes the message at once if its table is known and nothing of its stream waits to be. */
  #place(message: RowMessage | UnparsedRecord | VersionMessage): void {
    const batch = this.#batch;
    const layout = batch.waits(message.stream) ? undefined : this.#layouts.get(message.stream);
    if (layout !== undefined) batch.encode(message, layout);
    else batch.push(message.type === 'unparsed' ? message.parsed() : message);
  }

  #parsed(message: RowMessage | UnparsedRecord): RowMessage {
    const row = message.type === 'unparsed' ? message.parsed() : message;
    const flat = this.#flattenings.get(row.stream);
    return flat === undefined ? row : flattened(row, flat);
  }

  #newBatch(): Batch {
    const { session, settings, clock } = this.#options;
    const rejects = settings.rejects !== undefined;
    const times = { received: clock.now(), started: this.#started };
    return new Batch({ facts: session.facts, ...times, runVersion: this.#runVersion, rejects, spare: this.#spare });
  }

  /** The same schema again does nothing; another one comes after the rows that were meant for the one before. */
  #takeSchema(message: SchemaMessage): Promise<void> | undefined {
    const { stream } = message;
    const known = this.#schemas.get(stream);
    if (known?.message.schema === message.schema && known.message.keyProperties === message.keyProperties) return;
    const digest = shortHash(JSON.stringify([message.schema, message.keyProperties]));
    if (known?.digest === digest) return;
    const flat = flattening(message.schema, this.#options.settings.flattenDepth ?? 0);
    if (flat === undefined) this.#flattenings.delete(stream);
    else this.#flattenings.set(stream, flat);
    const wanted = flat === undefined ? message : { ...message, schema: flat.schema };
    const rival = known === undefined ? this.#rivalOf(stream) : undefined;
    if (rival !== undefined) return this.#fail(rival);
    this.#schemas.set(stream, { message, digest });
    if (!this.#batch.holds(stream)) {
      this.#batch.push(wanted);
      return;
    }
    return this.flush().then(() => this.#batch.push(wanted));
  }

  /** Some taps end a reading of a stream that they have not announced; there is nothing that it could remove. */
  #takeVersion(message: VersionMessage): undefined {
    if (this.#schemas.has(message.stream)) this.#place(message);
    else this.#options.log.warning(earlyVersion(message.stream));
  }

  #rivalOf(stream: string): AppError | undefined {
    const { settings, session } = this.#options;
    const { names } = session.facts;
    const fold = (text: string) => (names.foldsCase ? text.toLowerCase() : text);
    const tableOf = (name: string) => displayName(fitTable(settings.tableOf(name), names));
    const other = [...this.#schemas.keys()].find((name) => fold(tableOf(name)) === fold(tableOf(stream)));
    return other === undefined ? undefined : sharedTable(stream, other, tableOf(stream));
  }

  #isFull(): boolean {
    const { batchRows, batchBytes } = this.#options.settings;
    const most = this.#batch.waits() ? MOST_WAITING : batchRows;
    return (
      this.#batch.rows >= Math.min(most, batchRows) || this.#batch.bytes >= Math.min(this.#bytesAtOnce, batchBytes)
    );
  }

  /** Without rows nothing has to be waited for: a state may go at once. */
  #isDue(): boolean {
    const { batchSeconds } = this.#options.settings;
    if (this.#batch.isEmpty) return false;
    return this.#batch.hasOnlyStates || this.#options.clock.now() - this.#batch.since >= batchSeconds * 1000;
  }

  /** If a row or schema is at fault, what stands before the last state that is safe is committed and that state released. */
  async #commitOrReplay({ messages, encoded, since, leadingState }: Batch): Promise<void> {
    try {
      await this.#commit({ messages, encoded: encoded.values() }, since);
      for (const stream of encoded.values()) stream.release();
    } catch (error) {
      if (leadingState !== undefined) await this.#options.onState(leadingState.value);
      if (!(error instanceof DataError || error instanceof ConfigurationError)) throw error;
      const [first = [], ...others] = segments(messages);
      if (others.length === 0) throw error;
      await this.#commit({ messages: first, encoded: encoded.values() }, since);
      for (const part of others) await this.#commit({ messages: part, encoded: [] }, since);
    }
  }

  async #commit(part: BatchPart, received: number): Promise<void> {
    const { session, settings, clock, onState } = this.#options;
    const times = { received, started: this.#started, batched: clock.now() };
    const rejectsLeft = (settings.rejects?.limit ?? 0) - this.#rejected();
    const context: CommitContext = {
      settings,
      ...times,
      runVersion: this.#runVersion,
      rejectsLeft,
      spare: this.#spare,
    };
    const streams = [...part.encoded];
    if (streams.length > 0 || part.messages.some((message) => message.type !== 'state')) {
      this.#settle(await commitBatch(session, { ...part, encoded: streams }, this.#layouts, context));
    }
    const state = part.messages.findLast((message) => message.type === 'state');
    if (state?.type === 'state') await onState(state.value);
  }

  #rejected(): number {
    let rejected = 0;
    for (const tally of this.#tallies.values()) rejected += tally.rejected;
    return rejected;
  }

  #settle({ layouts, tallies }: Committed): void {
    this.#layouts = layouts;
    for (const [stream, tally] of tallies) {
      const total = this.#tallies.get(stream) ?? new Tally();
      total.add(tally);
      this.#tallies.set(stream, total);
    }
  }

  async #dropReadings(): Promise<void> {
    const { session } = this.#options;
    const versioned = [...this.#layouts.values()].filter((layout) => layout.versioned);
    if (versioned.length === 0) return;
    await session.transaction((transaction) => dropReadings(transaction, versioned, session.facts));
  }

  report(): LoadReport {
    const tables = new Map(
      [...this.#layouts].map(([stream, { table }]) => [
        stream,
        { ...(this.#tallies.get(stream) ?? new Tally()).figures(), table },
      ]),
    );
    return { tables, notices: noticesOf(tables) };
  }

  /** Ends the load; what came before the message at fault is committed first. */
  async #fail(error: unknown): Promise<void> {
    await this.flush();
    this.#failure = { error };
    throw error;
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }
}
