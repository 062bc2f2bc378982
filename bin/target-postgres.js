#!/usr/bin/env node
import { launch } from '../dist/singer/host.js';
import { targetPostgresMain } from '../dist/singer/target-postgres.js';

await launch(targetPostgresMain);
