import { CLOSE_OBJECT } from '../load/text/characters.ts';
import { standsAt } from '../load/text/json-ends.ts';
import type { Envelope, UnparsedRecord } from '../load/text/unparsed.ts';
import type { RecordMessage, TombstoneMessage } from '../message/message.ts';

/** A line within a longer text; its bytes are valid UTF-8. */
export interface LinePlace {
  /** The first is number 1. */
  readonly number: number;
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}

/** How records begin that have their parts in the order in which nearly all taps write them. */
const HEAD = /^\{\s*"type"\s*:\s*"RECORD"\s*,\s*"stream"\s*:\s*"([^"\\]+)"\s*,\s*"record"\s*:\s*(?=\{)/;
/** Longer heads are not looked for. */
const HEAD_BYTES = 400;

const CONTROL_FREE_STRING = '"([^"\\\\\\x00-\\x1f]*)"';
const VERSION = '(?:,\\s*"version"\\s*:\\s*(\\d{1,15})\\s*)?';
const TIME = `(?:,\\s*"time_extracted"\\s*:\\s*${CONTROL_FREE_STRING}\\s*)?`;
const TAIL = new RegExp(`^\\s*${VERSION}${TIME}${VERSION}\\}\\s*$`);

const NOTHING: Envelope = {};

type Parse = (line: LinePlace) => RecordMessage | TombstoneMessage;

interface Head {
  readonly bytes: Buffer;
  readonly stream: string;
}

/** Finds records by how their lines begin, so that they need not be parsed to be told from other messages. */
export class RecordLines {
  readonly #parse: Parse;
  /** The one that came last stands first. */
  readonly #heads: Head[] = [];

  constructor(parse: Parse) {
    this.#parse = parse;
  }

  /** Undefined for another message, and for a record of any other form. */
  find(line: LinePlace): UnparsedRecord | undefined {
    const head = this.#headOf(line);
    return head && new RecordLine(line, head.stream, line.start + head.bytes.length, this.#parse);
  }

  #headOf(line: LinePlace): Head | undefined {
    const place = this.#heads.findIndex(({ bytes }) => standsAt(line.bytes, line.start, bytes));
    const known = this.#heads[place];
    if (known === undefined) return this.#newHead(line);
    if (place > 0) this.#heads.unshift(...this.#heads.splice(place, 1));
    return known;
  }

  #newHead({ bytes, start, end }: LinePlace): Head | undefined {
    const match = HEAD.exec(bytes.toString('utf8', start, Math.min(end, start + HEAD_BYTES)));
    if (match?.[1] === undefined) return undefined;
    const head = { bytes: Buffer.from(match[0]), stream: match[1] };
    this.#heads.unshift(head);
    return head;
  }
}

class RecordLine implements UnparsedRecord {
  readonly type = 'unparsed';
  readonly stream: string;
  readonly bytes: Buffer;
  readonly start: number;
  readonly #line: LinePlace;
  readonly #parse: Parse;

  constructor(line: LinePlace, stream: string, start: number, parse: Parse) {
    this.stream = stream;
    this.bytes = line.bytes;
    this.start = start;
    this.#line = line;
    this.#parse = parse;
  }

  envelope(end: number): Envelope | undefined {
    const { bytes, end: lineEnd } = this.#line;
    if (end === lineEnd - 1 && bytes[end] === CLOSE_OBJECT) return NOTHING;
    const match = TAIL.exec(bytes.toString('utf8', end, lineEnd));
    if (match === null) return undefined;
    const version = match[1] ?? match[3];
    const timeExtracted = match[2];
    return {
      ...(version !== undefined && { version: Number(version) }),
      ...(timeExtracted !== undefined && { timeExtracted }),
    };
  }

  parsed(): RecordMessage | TombstoneMessage {
    return this.#parse(this.#line);
  }
}
