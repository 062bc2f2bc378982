import { describe, expect, test } from 'vitest';
import type { Message } from '../../../src/message/message.ts';
import { heldClock } from '../../load/load-fixture.ts';
import { parsed } from '../../singer/parsed.ts';
import { inOrder, type NeutralRow, type OpenWorkshop, type Workshop } from '../workshop.ts';
import { CORPUS, type CorpusCase, type Expected, MELTANO_SDK, TARGET_POSTGRES } from './expectations.ts';
import { corpusFiles, corpusMessages, hasCorpus } from './files.ts';
import { sentRows } from './sent-rows.ts';

/** The message files of the Meltano SDK and of MeltanoLabs' target-postgres: what they leave in the tables. */
export function corpusBehaviours(open: OpenWorkshop): void {
  describe('the corpus', () => {
    if (!hasCorpus()) {
      test.skip('is not beside the checkout', () => undefined);
      return;
    }
    for (const folder of [MELTANO_SDK, TARGET_POSTGRES]) {
      const here = CORPUS.flatMap((given) => inFolder(given, folder));
      describe(folder, () => {
        test('has an expectation for each file', () => {
          const expected = new Set(here.flatMap(({ files }) => files));
          expect(corpusFiles(folder).filter((file) => !expected.has(file))).toEqual([]);
        });
        test.each(here.map((given) => [titleOf(given), given] as const))('%s', async (_, given) => {
          await check(await open(), given);
        });
      });
    }
  });
}

/** The case with the full names of its files, if all of them are in this folder. */
function inFolder(given: CorpusCase, folder: string): readonly CorpusCase[] {
  const files = given.files.map((file) => (file.includes('/') ? file : `${folder}/${file}`));
  const known = new Set(corpusFiles(folder));
  return files.every((file) => known.has(file)) ? [{ ...given, files }] : [];
}

function titleOf({ files, settings, added, fails }: CorpusCase): string {
  const names = files.map((file) => file.replace(/.*\//, ''));
  const given = settings === undefined ? '' : ` with ${JSON.stringify(settings)}`;
  return `${names.join(', then ')}${given}${added ? ' after rows added by hand' : ''}${fails ? ' fails' : ''}`;
}

async function check(workshop: Workshop, given: CorpusCase): Promise<void> {
  const runs = await Promise.all(given.files.map(corpusMessages));
  const last = runs.at(-1) ?? [];
  for (const [at, run] of runs.slice(0, -1).entries()) await workshop.load(run, given.settings, day(at));
  const { added } = given;
  if (added !== undefined) await workshop.insert(added.table, ['code', 'name'], added.rows);
  const result = workshop.load(last, given.settings, day(runs.length));
  if (given.fails !== undefined) {
    await expect(result).rejects.toMatchObject({ code: given.fails });
    return;
  }
  const { states } = await result;
  if (given.states !== undefined) expect(states).toEqual(given.states);
  for (const [stream, expected] of Object.entries(given.tables ?? {})) {
    await checkTable(workshop, stream, expected, parsed(runs.flat()), given.settings?.deletion === 'mark');
  }
}

async function checkTable(
  workshop: Workshop,
  stream: string,
  expected: Expected,
  messages: readonly Message[],
  marks: boolean,
): Promise<void> {
  const rows = (await workshop.rows(stream)).map((row) => withoutMetadata(row, marks));
  if (expected === 'as sent') {
    const types = await workshop.types(stream);
    expect(rows).toEqual(inOrder(sentRows(messages, stream, types, workshop.differences.keepsNul)));
  } else if ('rows' in expected) {
    expect(rows).toHaveLength(expected.rows);
  } else if ('columns' in expected) {
    expect(Object.keys(await workshop.types(stream))).toEqual(expected.columns);
    expect(rows).toEqual([]);
  } else {
    expect(rows).toEqual(inOrder(expected));
  }
}

/** When and where a row was loaded is left out; whether it is marked as deleted is kept where rows are marked. */
function withoutMetadata(row: NeutralRow, marks: boolean): NeutralRow {
  const own = Object.entries(row).filter(([name]) => !name.startsWith('_sdc_'));
  return { ...Object.fromEntries(own), ...(marks ? { marked: row._sdc_deleted_at !== null } : {}) };
}

function day(number: number) {
  return heldClock(Date.UTC(2026, 0, 2 + number));
}
