// @ts-check
import { pipeline } from './pipeline.js';

const issues = Number(process.argv[2] ?? 200_000);
console.log(`tap-backlog | target-sqlite, ${issues} issues`);
process.exit((await pipeline(issues)) ? 0 : 1);
