import { keepHeapLean } from '../runtime/lean-heap.ts';
import { launch } from '../singer/host.ts';
import { targetSqliteMain } from '../singer/target-sqlite.ts';

keepHeapLean(100);
await launch(targetSqliteMain);
