#!/usr/bin/env node
import { main } from '../dist/jobs/main.js';
import { keepHeapLean } from '../dist/runtime/lean-heap.js';

keepHeapLean(30);
process.exitCode = await main();
