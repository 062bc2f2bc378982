#!/usr/bin/env node
import { keepHeapLean } from '../dist/runtime/lean-heap.js';
import { launch } from '../dist/singer/host.js';
import { targetMysqlMain } from '../dist/singer/target-mysql.js';

keepHeapLean(100);
await launch(targetMysqlMain);
