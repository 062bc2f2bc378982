#!/usr/bin/env node
import { keepHeapLean } from '../dist/runtime/lean-heap.js';
import { launch } from '../dist/singer/host.js';
import { targetSqliteMain } from '../dist/singer/target-sqlite.js';

keepHeapLean(100);
await launch(targetSqliteMain);
