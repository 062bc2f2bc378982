// @ts-check
/** `npm run bench -- [pipeline | comments-memory | requests | start-up] [number]`: of issues, or of starts. */
import { commentsMemory } from './comments-memory.js';
import { pipeline } from './pipeline.js';
import { requests } from './requests.js';
import { startUp } from './start-up.js';

/** @type {Readonly<Record<string, (issues?: number) => Promise<boolean>>>} */
const BENCHES = { pipeline, 'comments-memory': commentsMemory, requests: () => requests(), 'start-up': startUp };

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
