import { MARIADB } from './job-server.ts';
import { serverBehaviours } from './server-behaviours.ts';

serverBehaviours(MARIADB);
