// @ts-check
/** `npm run bench -- [pipeline | comments-memory | requests] [issues]`; the size is for the first two. */
import { commentsMemory } from './comments-memory.js';
import { pipeline } from './pipeline.js';
import { requests } from './requests.js';

/** @type {Readonly<Record<string, (issues?: number) => Promise<boolean>>>} */
const BENCHES = { pipeline, 'comments-memory': commentsMemory, requests: () => requests() };

const [name = 'pipeline', size] = process.argv.slice(2);
const isSize = /^\d+$/.test(name);
const bench = BENCHES[isSize ? 'pipeline' : name];
if (bench === undefined) {
  console.error(`There are: ${Object.keys(BENCHES).join(', ')}`);
  process.exit(2);
}
const issues = isSize ? name : size;
console.log(isSize ? 'pipeline' : name);
process.exit((await bench(issues === undefined ? undefined : Number(issues))) ? 0 : 1);
