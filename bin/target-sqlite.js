#!/usr/bin/env node
import '../dist/bin/target-sqlite.js';
