import { keepHeapLean } from '../runtime/lean-heap.ts';
import { launch } from '../singer/host.ts';
import { targetPostgresMain } from '../singer/target-postgres.ts';

keepHeapLean(100);
await launch(targetPostgresMain);
