import type { RecordMessage, TombstoneMessage } from '../message/message.ts';
import type { Row, Value } from '../message/value.ts';
import type { ColumnType } from './column-type.ts';
import { Misfit } from './convert.ts';
import type { Cell, Facts } from './dialect.ts';
import { jsonText } from './json-text.ts';
import { type DataColumn, encodeCell, type Layout, type MetadataColumn } from './layout.ts';
import type { Tally } from './report.ts';
import { invalidRecord, misfitValue, missingKey } from './row-errors.ts';
import type { RowWriter } from './rows/row-writer.ts';
import type { Rows } from './rows/rows.ts';
import { storable } from './storable.ts';
import { RowScanner } from './text/row-scanner.ts';
import type { Envelope, UnparsedRecord } from './text/unparsed.ts';
import { timestampText } from './timestamp.ts';
import type { Zone } from './zone.ts';

/** Thrown when a value needs a wider column than there is; the column is widened and the batch encoded again. */
export class TooNarrow extends Error {
  readonly column: string;
  readonly wider: ColumnType;

  constructor(column: string, wider: ColumnType) {
    super('A value needs a wider column.');
    this.column = column;
    this.wider = wider;
  }
}

/** In milliseconds. */
export interface EncodingTimes {
  /** When the batch began to come. */
  readonly received: number;
  /** When the run began. */
  readonly started: number;
}

/** What a value takes besides its text. */
const CELL_BYTES = 16;

/** Makes the cells of one stream's rows, in the order of its layout. */
export class RowEncoder {
  readonly #layout: Layout;
  readonly facts: Facts;
  readonly #times: EncodingTimes;
  readonly #tally: Tally;
  readonly #scanner: RowScanner | undefined;
  /** About how many bytes the rows so far take as text. */
  bytes = 0;

  constructor(layout: Layout, facts: Facts, times: EncodingTimes, tally: Tally) {
    this.#layout = layout;
    this.facts = facts;
    this.#times = times;
    this.#tally = tally;
    if (layout.validate === undefined) this.#scanner = new RowScanner(layout, facts);
  }

  row(message: RecordMessage): Cell[] {
    const { data, undeclared, mark, metadata } = this.#layout;
    const cells: Cell[] = [];
    const present = this.#encode(data, message.record, cells);
    this.#requireKey(message);
    this.#validate(message);
    const others = this.#hasOthers(message.record, present) ? this.#others(message.record) : undefined;
    if (undeclared !== undefined) cells.push(others === undefined ? null : this.#storable(jsonText(others), 'json'));
    else if (others !== undefined) for (const field in others) this.#tally.countUndeclared(field);
    if (mark !== undefined) cells.push(mark.unset);
    for (const column of metadata) cells.push(this.#metadata(column, message));
    return cells;
  }

  /** What a record that is still text tells besides its fields; undefined if it must be parsed. */
  scan(message: UnparsedRecord): Envelope | undefined {
    const scanner = this.#scanner;
    return scanner?.read(message.bytes, message.start) === true ? message.envelope(scanner.end) : undefined;
  }

  /** Writes the row of the record that was scanned last; false, with some of it written, if it must be parsed. */
  writeScanned(envelope: Envelope, writer: RowWriter): boolean {
    const before = writer.length;
    if (this.#scanner?.write(writer) !== true) return false;
    const { undeclared, mark, metadata } = this.#layout;
    if (undeclared !== undefined) writer.cell(null);
    if (mark !== undefined) writer.cell(mark.unset);
    for (const column of metadata) writer.cell(this.#metadata(column, envelope));
    this.bytes += writer.length - before;
    return true;
  }

  key(message: TombstoneMessage): Cell[] {
    this.#requireKey(message);
    return this.cells(message.record, this.#layout.keyPlaces);
  }

  /** The cells at some of the columns' places. */
  cells(row: Row, places: readonly number[]): Cell[] {
    const columns = places.flatMap((place) => this.#layout.data[place] ?? []);
    const cells: Cell[] = [];
    this.#encode(columns, row, cells);
    return cells;
  }

  /** Fills in when the rows are written, in milliseconds, where they tell it. */
  stamped(rows: Rows, batched: number): Rows {
    const { target, metadata } = this.#layout;
    const column = metadata.find(({ source }) => source === 'batched');
    if (column === undefined) return rows;
    return rows.stamped(target.columns.indexOf(column.name), this.#instant(new Date(batched).toISOString()));
  }

  /** What the mark's column says of a row that is gone since then. */
  markValue(deletedAt: string): Cell {
    const flag = this.#layout.mark?.unset !== null;
    return flag ? encodeCell('boolean', true, this.facts) : this.#instant(deletedAt, this.#layout.zone);
  }

  #instant(text: string, zone?: Zone): Cell {
    return encodeCell('timestamp', instantCell(text, zone), this.facts);
  }

  /** Appends a cell for each column and tells how many of the columns the row has. */
  #encode(columns: readonly DataColumn[], row: Row, cells: Cell[]): number {
    let present = 0;
    try {
      for (const column of columns) {
        const value = row[column.property];
        if (value !== undefined) present += 1;
        const cell = value === undefined || value === null ? null : this.#storable(column.convert(value), column.type);
        this.bytes += typeof cell === 'string' ? cell.length + CELL_BYTES : CELL_BYTES;
        cells.push(cell);
      }
    } catch (error) {
      const column = columns[cells.length];
      throw error instanceof Misfit && column !== undefined ? this.#misfit(column, row, error) : error;
    }
    return present;
  }

  #storable(cell: Cell, type: ColumnType): Cell {
    if (this.facts.refusesNul === undefined || typeof cell !== 'string') return cell;
    const cleaning = storable(cell, type);
    this.#tally.unstorable += cleaning.count;
    return cleaning.cell;
  }

  #misfit(column: DataColumn, row: Row, { wider }: Misfit): Error {
    if (wider !== undefined) return new TooNarrow(column.name, wider);
    return misfitValue(this.#layout, column, row);
  }

  #requireKey({ record }: RecordMessage | TombstoneMessage): void {
    for (const place of this.#layout.keyPlaces) {
      const property = this.#layout.data[place]?.property;
      if (property !== undefined && record[property] === undefined) throw missingKey(this.#layout, property, record);
    }
  }

  #validate({ record }: RecordMessage): void {
    const fault = this.#layout.validate?.(record);
    if (fault !== undefined) throw invalidRecord(this.#layout, record, fault);
  }

  #hasOthers(row: Row, present: number): boolean {
    let fields = 0;
    for (const field in row) if (row[field] !== undefined) fields += 1;
    return fields > present;
  }

  #others(row: Row): Record<string, Value> | undefined {
    const { declared } = this.#layout;
    const others = Object.entries(row).filter(([field]) => !declared.has(field));
    return others.length === 0 ? undefined : Object.fromEntries(others);
  }

  #metadata({ source, type }: MetadataColumn, message: Envelope): Cell {
    return encodeCell(type, this.#metadataValue(source, message), this.facts);
  }

  #metadataValue(source: MetadataColumn['source'], message: Envelope): Cell {
    switch (source) {
      case 'extracted':
        return instantCell(message.timeExtracted ?? '');
      case 'received':
        return instantCell(new Date(this.#times.received).toISOString());
      case 'batched':
      case 'deleted':
        return null;
      case 'sequence':
        return this.#times.received;
      case 'started':
        return this.#times.started;
      case 'version':
        return message.version ?? null;
    }
  }
}

/** An instant of a row's journey, to the microsecond: no database that has instants keeps more. */
function instantCell(text: string, zone?: Zone): Cell {
  return timestampText(text, zone)?.replace(/(\.\d{6})\d+/, '$1') ?? null;
}
