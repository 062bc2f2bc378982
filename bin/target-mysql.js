#!/usr/bin/env node
import '../dist/bin/target-mysql.js';
