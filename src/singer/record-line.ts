import { CLOSE_OBJECT } from '../load/text/characters.ts';
import type { Envelope, UnparsedRecord } from '../load/text/unparsed.ts';
import type { RecordMessage, TombstoneMessage } from '../message/message.ts';

/** A line within a longer text. */
export interface LinePlace {
  /** The first is number 1. */
  readonly number: number;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** How records begin that have their parts in the order in which nearly all taps write them. */
const HEAD = /\{\s*"type"\s*:\s*"RECORD"\s*,\s*"stream"\s*:\s*"([^"\\]+)"\s*,\s*"record"\s*:\s*(?=\{)/y;

const CONTROL_FREE_STRING = '"([^"\\\\\\x00-\\x1f]*)"';
const VERSION = '(?:,\\s*"version"\\s*:\\s*(\\d{1,15})\\s*)?';
const TIME = `(?:,\\s*"time_extracted"\\s*:\\s*${CONTROL_FREE_STRING}\\s*)?`;
const TAIL = new RegExp(`\\s*${VERSION}${TIME}${VERSION}\\}\\s*`, 'y');

const NOTHING: Envelope = {};

type Parse = (line: LinePlace) => RecordMessage | TombstoneMessage;

interface Head {
  readonly text: string;
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
    return head && new RecordLine(line, head.stream, line.start + head.text.length, this.#parse);
  }

  #headOf({ text, start }: LinePlace): Head | undefined {
    const place = this.#heads.findIndex((head) => text.startsWith(head.text, start));
    const known = this.#heads[place];
    if (known === undefined) return this.#newHead(text, start);
    if (place > 0) this.#heads.unshift(...this.#heads.splice(place, 1));
    return known;
  }

  #newHead(text: string, start: number): Head | undefined {
    HEAD.lastIndex = start;
    const match = HEAD.exec(text);
    if (match?.[1] === undefined) return undefined;
    const head = { text: match[0], stream: match[1] };
    this.#heads.unshift(head);
    return head;
  }
}

class RecordLine implements UnparsedRecord {
  readonly type = 'unparsed';
  readonly stream: string;
  readonly text: string;
  readonly start: number;
  readonly #line: LinePlace;
  readonly #parse: Parse;

  constructor(line: LinePlace, stream: string, start: number, parse: Parse) {
    this.stream = stream;
    this.text = line.text;
    this.start = start;
    this.#line = line;
    this.#parse = parse;
  }

  envelope(end: number): Envelope | undefined {
    const { text, end: lineEnd } = this.#line;
    if (end === lineEnd - 1 && text.charCodeAt(end) === CLOSE_OBJECT) return NOTHING;
    TAIL.lastIndex = end;
    const match = TAIL.exec(text);
    if (match === null || TAIL.lastIndex < lineEnd) return undefined;
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
