#!/usr/bin/env node
import { main } from '../dist/sandbox/main.js';

await main(process.argv);
