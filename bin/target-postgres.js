#!/usr/bin/env node
import '../dist/bin/target-postgres.js';
