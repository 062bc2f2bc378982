#!/usr/bin/env node
import '../dist/bin/tap-backlog.js';
