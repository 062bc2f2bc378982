import { describe } from 'vitest';
import { conformance } from './conformance.ts';
import { MARIADB } from './databases.ts';

describe.runIf(MARIADB.present)('the loader', () => conformance(MARIADB));
