import { conformance } from './conformance.ts';
import { SQLITE } from './databases.ts';

conformance(SQLITE);
