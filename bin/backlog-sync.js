#!/usr/bin/env node
import '../dist/bin/backlog-sync.js';
