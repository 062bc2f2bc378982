import { main } from '../sandbox/main.ts';

await main(process.argv);
