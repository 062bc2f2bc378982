import type { Language } from '../../runtime/text.ts';
import type { Display, Phase, ProgressSnapshot, StatementProgress } from './progress.ts';
import { nameOf, renderProgress } from './render-progress.ts';

/**
 * Lines for a log file: every ten seconds one for each statement that is being read, and one when a statement has
 * ended.
 */
export function plainDisplay(write: (text: string) => unknown, language: Language): Display {
  let told: ReadonlyMap<string, Phase> = new Map();

  const tell = (snapshot: ProgressSnapshot, isTelling: (statement: StatementProgress) => boolean) => {
    const statements = snapshot.statements.filter(isTelling);
    for (const line of renderProgress({ ...snapshot, statements }, language)) write(`${line}\n`);
    told = new Map(snapshot.statements.map((statement) => [nameOf(statement), statement.phase]));
  };
  const isNews = (statement: StatementProgress) => told.get(nameOf(statement)) !== statement.phase;

  return {
    interval: 10_000,
    begin: (snapshot) => tell(snapshot, () => false),
    show: (snapshot) => tell(snapshot, (statement) => statement.phase === 'reading' || isNews(statement)),
    end: (snapshot) => tell(snapshot, isNews),
    line: write,
  };
}

/** Shows log lines alone. */
export function quietDisplay(write: (text: string) => unknown): Display {
  const nothing = () => undefined;
  return { interval: 60_000, begin: nothing, show: nothing, end: nothing, line: write };
}
