#!/usr/bin/env node
import { keepHeapLean } from '../dist/runtime/lean-heap.js';
import { launch } from '../dist/singer/host.js';
import { targetPostgresMain } from '../dist/singer/target-postgres.js';

keepHeapLean(100);
await launch(targetPostgresMain);
