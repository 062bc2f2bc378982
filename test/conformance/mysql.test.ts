import { describe } from 'vitest';
import { conformance } from './conformance.ts';
import { MYSQL } from './databases.ts';

describe.runIf(MYSQL.present)('the loader', () => conformance(MYSQL));
