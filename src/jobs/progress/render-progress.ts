import type { Language, Text } from '../../runtime/text.ts';
import { displayWidth, padTo } from '../terminal/display-width.ts';
import type { Phase, ProgressSnapshot, StatementProgress } from './progress.ts';

/** One line per statement, in columns; the same on a terminal and in a log. */
export function renderProgress({ statements }: ProgressSnapshot, language: Language): readonly string[] {
  const width = Math.max(0, ...statements.map((statement) => displayWidth(nameOf(statement))));
  return statements.map((statement) => {
    const parts = [progressText(statement, language), waitText(statement, language)];
    return `${padTo(nameOf(statement), width, 'left')}  ${parts.filter((part) => part !== '').join(' · ')}`;
  });
}

/** The table, behind the job where several run. */
export function nameOf({ job, table }: StatementProgress): string {
  return job === undefined ? table : `${job}: ${table}`;
}

const numbers = new Intl.NumberFormat('en');

function progressText(statement: StatementProgress, language: Language): string {
  const { phase, rows, requests, seconds } = statement;
  if (phase === 'waiting') return PHASES.waiting[language];
  const rate = seconds > 0 ? Math.round(rows / seconds) : rows;
  const figures: Text = {
    en: `${numbers.format(rows)} rows · ${numbers.format(requests)} requests · ${numbers.format(rate)} rows/s`,
    ja: `${numbers.format(rows)} 行 · ${numbers.format(requests)} リクエスト · ${numbers.format(rate)} 行/秒`,
  };
  return phase === 'reading' ? figures[language] : `${figures[language]} · ${PHASES[phase][language]}`;
}

const PHASES: Readonly<Record<Exclude<Phase, 'reading'>, Text>> = {
  waiting: { en: 'not begun', ja: '未開始' },
  done: { en: 'done', ja: '完了' },
  incomplete: { en: 'incomplete', ja: '未完了' },
  failed: { en: 'failed', ja: '失敗' },
};

function waitText({ phase, waitingUntil }: StatementProgress, language: Language): string {
  if (phase !== 'reading' || waitingUntil === undefined) return '';
  const time = timeOfDay(waitingUntil);
  const text: Text = { en: `waiting until ${time} (rate limit)`, ja: `${time} まで待機中（レート制限）` };
  return text[language];
}

/** In the time zone of the machine, as the clock beside the screen shows it. */
function timeOfDay(instant: number): string {
  const date = new Date(instant);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => `${part}`.padStart(2, '0')).join(':');
}
