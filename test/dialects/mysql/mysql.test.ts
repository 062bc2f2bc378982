import { afterAll, beforeAll, describe } from 'vitest';
import { connectBehaviours } from './connect-behaviours.ts';
import { conversionBehaviours } from './conversion-behaviours.ts';
import { closeFamily, FAMILY, type Family, openFamily } from './family.ts';
import { sessionBehaviours } from './session-behaviours.ts';
import { tableBehaviours } from './table-behaviours.ts';

for (const { name, present, start } of FAMILY) {
  describe.runIf(present)(name, () => {
    let family: Family;
    beforeAll(async () => {
      family = await openFamily(start);
    });
    afterAll(() => closeFamily(family));
    for (const behaviours of [sessionBehaviours, tableBehaviours, conversionBehaviours, connectBehaviours]) {
      behaviours(() => family);
    }
  });
}
