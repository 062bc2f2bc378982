import { isUtf8 } from 'node:buffer';
import { standsAt } from '../load/text/json-ends.ts';
import type { UnparsedRecord } from '../load/text/unparsed.ts';
import { parseJson } from '../message/exact-json.ts';
import type { Message, RecordMessage, TombstoneMessage } from '../message/message.ts';
import type { Logger } from '../runtime/log.ts';
import type { Text } from '../runtime/text.ts';
import { decodeMessage, decodeRecord } from './decode.ts';
import { type InputLine, refuseLine } from './input-line.ts';
import { lineBlocks, NEWLINE } from './line-blocks.ts';
import { type LinePlace, RecordLines } from './record-line.ts';

/** A message, or a record that is left as text. */
export type Incoming = Message | UnparsedRecord;

const BYTE_ORDER_MARK = Buffer.from('\uFEFF');

const DAMAGED: Text = {
  en: 'The line is damaged or cut off. If the tap was stopped in the middle of it, run the pipeline again with the last state.',
  ja: '行が壊れているか、途中で切れています。タップが途中で停止した場合は、最後の状態からパイプラインを再実行してください。',
};

const NO_MESSAGE: Text = {
  en: 'Only messages may come on standard input; the logs of a tap belong on its standard error.',
  ja: '標準入力にはメッセージだけを渡してください。タップのログは標準エラー出力に書くものです。',
};

/**
 * The messages of a Singer stream, a group per chunk. Blank lines are passed over; messages of an unknown type are
 * skipped with one warning for each type. When a line cannot be read, everything before it has been handed out first.
 *
 * @throws DataError with the number and the beginning of the line
 */
export async function* readMessages(input: AsyncIterable<Buffer>, log: Logger): AsyncGenerator<readonly Incoming[]> {
  const reader = new LineReader(log);
  for await (const blocks of lineBlocks(input)) {
    const group: Incoming[] = [];
    let failure: unknown;
    try {
      for (const block of blocks) reader.read(block, group);
    } catch (error) {
      failure = error;
    }
    if (group.length > 0) yield group;
    if (failure !== undefined) throw failure;
  }
}

class LineReader {
  readonly #log: Logger;
  readonly #skipped = new Set<string>();
  readonly #records = new RecordLines(parseRecord);
  #lineNumber = 0;

  constructor(log: Logger) {
    this.#log = log;
  }

  /** Adds the messages of a block to `group`, also when it then throws. */
  read(block: Buffer, group: Incoming[]): void {
    const isValid = isUtf8(block);
    let start = 0;
    for (let end = block.indexOf(NEWLINE); end >= 0; end = block.indexOf(NEWLINE, start)) {
      this.#readLine(block, start, end, isValid, group);
      start = end + 1;
    }
    this.#readLine(block, start, block.length, isValid, group);
  }

  #readLine(bytes: Buffer, from: number, end: number, isValid: boolean, group: Incoming[]): void {
    this.#lineNumber += 1;
    const start =
      this.#lineNumber === 1 && standsAt(bytes, from, BYTE_ORDER_MARK) ? from + BYTE_ORDER_MARK.length : from;
    const place: LinePlace = { number: this.#lineNumber, bytes, start, end };
    if (!isValid && !isUtf8(bytes.subarray(start, end))) throw notUtf8(place);
    const record = this.#records.find(place);
    if (record !== undefined) {
      group.push(record);
      return;
    }
    const line = lineAt(place);
    if (line.text.trim() === '') return;
    const message = decodeMessage(parseLine(line), line);
    if (message.type === 'unknown') this.#skip(message.name);
    else group.push(message);
  }

  #skip(name: string): void {
    if (this.#skipped.has(name)) return;
    this.#skipped.add(name);
    this.#log.warning({
      en: `Messages of type ${name} are not known here and are skipped`,
      ja: `種類 ${name} のメッセージには対応していないため、読み飛ばします`,
    });
  }
}

function notUtf8(place: LinePlace): Error {
  const reason = { en: 'this line is not UTF-8', ja: 'この行は UTF-8 ではありません' };
  return refuseLine(lineAt(place), 'singer.not-utf8', reason);
}

function lineAt({ number, bytes, start, end }: LinePlace): InputLine {
  return { number, text: bytes.toString('utf8', start, end) };
}

function parseRecord(place: LinePlace): RecordMessage | TombstoneMessage {
  const line = lineAt(place);
  return decodeRecord(parseLine(line) as Readonly<Record<string, unknown>>, line);
}

function parseLine(line: InputLine): unknown {
  try {
    return parseJson(line.text);
  } catch {
    throw refuseLine(
      line,
      'singer.not-json',
      { en: 'this line is not valid JSON', ja: 'この行は正しい JSON ではありません' },
      line.text.trimStart().startsWith('{') ? DAMAGED : NO_MESSAGE,
    );
  }
}
