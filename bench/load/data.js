// @ts-check
/** Message files for measuring: the same rows at each run, made by a generator with a fixed seed. */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

/**
 * @typedef {object} Sample
 * @property {string} name
 * @property {string} stream
 * @property {Readonly<Record<string, object>>} properties JSON Schema of each column
 * @property {(id: number, random: () => number) => Record<string, unknown>} row
 */

const TEXT = { type: ['null', 'string'] };
const INTEGER = { type: ['null', 'integer'] };
const NUMBER = { type: ['null', 'number'] };
const INSTANT = { type: ['null', 'string'], format: 'date-time' };
const DATE = { type: ['null', 'string'], format: 'date' };
const LIST = { type: ['null', 'array'] };
const OBJECT = { type: ['null', 'object'] };

const WORDS = ['課題', '設計', 'review', '見積もり', 'deploy', 'テスト', 'login', '障害', 'release', '画面'];

/** @type {Sample} */
export const NARROW = {
  name: 'narrow',
  stream: 'events',
  properties: { id: { type: 'integer' }, name: TEXT, amount: NUMBER, created: INSTANT, note: TEXT },
  row: (id, random) => ({
    id,
    name: `event number ${id}`,
    amount: Math.round(random() * 1e6) / 100,
    created: instant(random),
    note: words(random, 6),
  }),
};

/** @type {Sample} */
export const ISSUES = {
  name: 'issues',
  stream: 'issues',
  properties: {
    id: { type: 'integer' },
    project_id: INTEGER,
    issue_key: TEXT,
    key_id: INTEGER,
    issue_type: OBJECT,
    summary: TEXT,
    description: TEXT,
    resolution: OBJECT,
    priority_id: INTEGER,
    priority_name: TEXT,
    status: OBJECT,
    assignee: OBJECT,
    category: LIST,
    versions: LIST,
    milestone: LIST,
    start_date: DATE,
    due_date: DATE,
    estimated_hours: NUMBER,
    actual_hours: NUMBER,
    parent_issue_id: INTEGER,
    created_user: OBJECT,
    created: INSTANT,
    updated_user: OBJECT,
    updated: INSTANT,
    custom_fields: LIST,
    attachments: LIST,
    stars: LIST,
  },
  row: (id, random) => ({
    id,
    project_id: 1 + (id % 7),
    issue_key: `PROJ-${id}`,
    key_id: id,
    issue_type: { id: 2, projectId: 1, name: 'Task', color: '#7ea800', displayOrder: 0 },
    summary: words(random, 5),
    description: words(random, 40),
    resolution: null,
    priority_id: 3,
    priority_name: 'Normal',
    status: { id: 1, projectId: 1, name: 'Open', color: '#ed8077', displayOrder: 1000 },
    assignee: user(random),
    category: [{ id: 12, projectId: 1, name: words(random, 1), displayOrder: 0 }],
    versions: [],
    milestone: [{ id: 30, projectId: 1, name: 'wait for release', archived: false }],
    start_date: instant(random).slice(0, 10),
    due_date: null,
    estimated_hours: Math.round(random() * 400) / 10,
    actual_hours: null,
    parent_issue_id: null,
    created_user: user(random),
    created: instant(random),
    updated_user: user(random),
    updated: instant(random),
    custom_fields: [{ id: 1, fieldTypeId: 1, name: 'Text', value: words(random, 2) }],
    attachments: [],
    stars: [],
  }),
};

/** @type {Readonly<Record<string, Sample>>} */
export const SAMPLES = { [NARROW.name]: NARROW, [ISSUES.name]: ISSUES };

/**
 * A Singer file with a STATE behind every 10,000 rows. A `salt` other than 0 makes rows of the same keys with other
 * values.
 *
 * @param {string} path @param {Sample} sample @param {number} rows @param {number} [salt]
 */
export async function writeMessages(path, sample, rows, salt = 0) {
  const { stream, properties } = sample;
  const out = createWriteStream(path);
  out.write(
    `${JSON.stringify({ type: 'SCHEMA', stream, schema: { type: 'object', properties }, key_properties: ['id'] })}\n`,
  );
  let id = 0;
  for (const row of rowsOf(sample, rows, salt)) {
    id += 1;
    const text = `${JSON.stringify({ type: 'RECORD', stream, record: row })}\n`;
    const more = out.write(id % 10_000 === 0 ? `${text}${JSON.stringify({ type: 'STATE', value: { id } })}\n` : text);
    if (!more) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
}

/** @param {Sample} sample @param {number} rows @param {number} [salt] */
export function* rowsOf(sample, rows, salt = 0) {
  const random = generator(42 + salt);
  for (let id = 1; id <= rows; id += 1) yield sample.row(id, random);
}

/**
 * Rows as a database takes them: nested values as JSON text.
 *
 * @param {Sample} sample @param {number} rows @param {number} [salt]
 */
export function* cellsOf(sample, rows, salt = 0) {
  for (const row of rowsOf(sample, rows, salt)) {
    yield Object.values(row).map((value) =>
      typeof value === 'object' && value !== null ? JSON.stringify(value) : value,
    );
  }
}

/**
 * A file as COPY and LOAD DATA read it by default: tabs between cells, `\\N` for NULL.
 *
 * @param {string} path @param {Sample} sample @param {number} rows @param {number} [salt]
 */
export async function writeCells(path, sample, rows, salt = 0) {
  const out = createWriteStream(path);
  for (const cells of cellsOf(sample, rows, salt)) {
    const line = cells.map((cell) => (cell === null ? '\\N' : String(cell).replaceAll('\\', '\\\\'))).join('\t');
    if (!out.write(`${line}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). @param {number} seed */
function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** @param {() => number} random @param {number} count */
function words(random, count) {
  let text = '';
  for (let at = 0; at < count; at += 1) text += `${at === 0 ? '' : ' '}${WORDS[Math.floor(random() * WORDS.length)]}`;
  return text;
}

/** @param {() => number} random */
function instant(random) {
  return `${new Date(Date.UTC(2020, 0, 1) + Math.floor(random() * 2e8) * 1000).toISOString().slice(0, 19)}Z`;
}

/** @param {() => number} random */
function user(random) {
  const id = Math.floor(random() * 50);
  return {
    id,
    userId: `user${id}`,
    name: `利用者 ${id}`,
    roleType: 2,
    lang: 'ja',
    mailAddress: `user${id}@example.com`,
  };
}
