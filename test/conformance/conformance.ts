import { afterAll, beforeAll, describe } from 'vitest';
import { deletionBehaviours } from './behaviours/deletion.ts';
import { evolutionBehaviours } from './behaviours/evolution.ts';
import { keyBehaviours } from './behaviours/keys.ts';
import { nameBehaviours } from './behaviours/names.ts';
import { partBehaviours } from './behaviours/parts.ts';
import { refusalBehaviours } from './behaviours/refusals.ts';
import { rowBehaviours } from './behaviours/rows.ts';
import { stateBehaviours } from './behaviours/states.ts';
import { typeBehaviours } from './behaviours/types.ts';
import { valueBehaviours } from './behaviours/values.ts';
import { corpusBehaviours } from './corpus/corpus.ts';
import type { RunningDatabase, TestedDatabase } from './database.ts';
import { interruptionBehaviours } from './interruption.ts';
import { lostConnectionBehaviours } from './lost-connection.ts';
import { openWorkshop } from './workshop.ts';

const BEHAVIOURS = [
  rowBehaviours,
  refusalBehaviours,
  keyBehaviours,
  valueBehaviours,
  typeBehaviours,
  evolutionBehaviours,
  nameBehaviours,
  deletionBehaviours,
  partBehaviours,
  stateBehaviours,
  corpusBehaviours,
];

/** The same behaviours with the same expectations, whatever the database. */
export function conformance(database: TestedDatabase): void {
  let running: RunningDatabase;
  beforeAll(async () => {
    running = await database.start();
  });
  afterAll(() => running.close());
  describe(database.name, () => {
    interruptionBehaviours(() => running);
    lostConnectionBehaviours(() => running);
    for (const behaviours of BEHAVIOURS) behaviours(() => openWorkshop(running, database.differences));
  });
}
