import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Place, RunningDatabase, TargetProgram } from './database.ts';
import { startTarget, type TargetRun } from './target-process.ts';

const ROWS = 100_000;
const ROWS_PER_STATE = 500;
/** `KILLS=40 npx vitest run test/conformance` takes minutes; a few are enough to see that nothing is broken. */
const KILLS = Number(process.env.KILLS ?? 4);
/** One signal, or the same one twice at once: the second one must not make a state false either. */
const SIGNALS = [['SIGKILL'], ['SIGTERM'], ['SIGINT'], ['SIGTERM', 'SIGTERM']] as const;
/** Done before the signal came, ended by it before there was anybody to listen, or stopped as told. */
const ENDS = [0, null, 130, 143];

/**
 * Ends the program at random moments of a load of 100,000 rows, again and again from the last state that it wrote, until
 * the load is through.
 */
export function interruptionBehaviours(run: () => RunningDatabase): void {
  describe('a load that is killed', () => {
    test(`${KILLS} times at random moments releases no state ahead of its rows, and loses and doubles none`, async (context) => {
      let left = KILLS;
      while (left > 0) {
        const place = await run().open();
        onTestFinished(() => place.close());
        const { program } = place;
        if (program === undefined) return context.skip('it has no program');
        left = await loadWithKills(place, program, left);
      }
    }, 600_000);
  });
}

/** One load from its first row to its last, with up to so many kills on its way; tells how many of them are left. */
async function loadWithKills(place: Place, program: TargetProgram, kills: number): Promise<number> {
  let reached = 0;
  for (let left = kills; left > 0; left -= 1) {
    const moment = Math.random();
    const signals = SIGNALS[left % SIGNALS.length] ?? SIGNALS[0];
    const target = startTarget(program, messagesAfter(reached));
    reached = Math.max(reached, await killAt(target, moment, signals));
    await expectRowsUpTo(place, reached);
    if (reached === ROWS) return left - 1;
  }
  const last = startTarget(program, messagesAfter(reached));
  expect([await last.ended, last.log()]).toEqual([0, expect.not.stringMatching(/error|exception/i)]);
  expect(last.states().at(-1) ?? reached).toEqual({ id: ROWS });
  await expectRowsUpTo(place, ROWS);
  return 0;
}

const LONGEST_MILLISECONDS = 2_500;

/** The last row that the program's states vouch for, once it has ended. */
async function killAt(target: TargetRun, moment: number, signals: readonly NodeJS.Signals[]): Promise<number> {
  await Promise.race([target.ended, delay(moment * LONGEST_MILLISECONDS)]);
  for (const signal of signals) target.kill(signal);
  expect(ENDS, target.log()).toContain(await target.ended);
  const state = target.states().at(-1);
  return state === undefined ? 0 : (state as { readonly id: number }).id;
}

/** Every row up to this one is there once; those behind it are there once or not at all. */
async function expectRowsUpTo(place: Place, last: number): Promise<void> {
  if (last === 0) return;
  const ids = (await place.stored('rows')).map(({ id }) => Number(id));
  const distinct = new Set(ids);
  expect(ids.length).toBe(distinct.size);
  expect(ids.filter((id) => id <= last)).toHaveLength(last);
}

const SCHEMA = {
  type: 'SCHEMA',
  stream: 'rows',
  schema: { properties: { id: { type: 'integer' }, text: { type: 'string' } } },
  key_properties: ['id'],
};

function messagesAfter(reached: number): string {
  const lines = [JSON.stringify(SCHEMA)];
  for (let id = reached + 1; id <= ROWS; id += 1) {
    lines.push(`{"type":"RECORD","stream":"rows","record":{"id":${id},"text":"row number ${id}"}}`);
    if (id % ROWS_PER_STATE === 0) lines.push(`{"type":"STATE","value":{"id":${id}}}`);
  }
  return `${lines.join('\n')}\n`;
}
