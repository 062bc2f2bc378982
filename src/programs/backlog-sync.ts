import { main } from '../jobs/main.ts';
import { keepHeapLean } from '../runtime/lean-heap.ts';

keepHeapLean(30);
process.exitCode = await main();
