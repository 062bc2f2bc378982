#!/usr/bin/env node
import { keepHeapLean } from '../dist/runtime/lean-heap.js';
import { launch } from '../dist/singer/host.js';
import { tapMain } from '../dist/singer/tap-main.js';

keepHeapLean(30);
await launch(tapMain);
