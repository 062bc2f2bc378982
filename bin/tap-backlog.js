#!/usr/bin/env node
import { launch } from '../dist/singer/host.js';
import { tapMain } from '../dist/singer/tap-main.js';

await launch(tapMain);
