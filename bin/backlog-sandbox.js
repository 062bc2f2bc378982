#!/usr/bin/env node
import '../dist/bin/backlog-sandbox.js';
