import { keepHeapLean } from '../runtime/lean-heap.ts';
import { launch } from '../singer/host.ts';
import { tapMain } from '../singer/tap-main.ts';

keepHeapLean(30);
await launch(tapMain);
