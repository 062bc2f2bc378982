#!/usr/bin/env node
import { launch } from '../dist/singer/host.js';
import { targetMysqlMain } from '../dist/singer/target-mysql.js';

await launch(targetMysqlMain);
