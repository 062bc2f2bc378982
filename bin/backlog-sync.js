#!/usr/bin/env node
import { main } from '../dist/jobs/main.js';

process.exitCode = await main();
