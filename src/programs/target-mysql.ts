import { keepHeapLean } from '../runtime/lean-heap.ts';
import { launch } from '../singer/host.ts';
import { targetMysqlMain } from '../singer/target-mysql.ts';

keepHeapLean(100);
await launch(targetMysqlMain);
