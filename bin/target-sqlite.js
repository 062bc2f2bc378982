#!/usr/bin/env node
import { launch } from '../dist/singer/host.js';
import { targetSqliteMain } from '../dist/singer/target-sqlite.js';

await launch(targetSqliteMain);
