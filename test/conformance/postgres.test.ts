import { describe } from 'vitest';
import { conformance } from './conformance.ts';
import { POSTGRES } from './databases.ts';

describe.runIf(POSTGRES.present)('the loader', () => conformance(POSTGRES));
