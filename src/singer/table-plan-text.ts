import type { Language, Text } from '../runtime/text.ts';
import type { AboutFormat } from './about.ts';

/** What would be done to a table. */
export interface TablePlan {
  /** Absent if it is no stream's own, as the table of rejects. */
  readonly stream?: string;
  readonly table: string;
  /** In the database's own language. */
  readonly statements: readonly string[];
}

/** As JSON, otherwise as a script of the database with a comment for each table. */
export function formatTablePlans(plans: readonly TablePlan[], format: AboutFormat, language: Language): string {
  if (format === 'json') return `${JSON.stringify({ tables: plans }, null, 2)}\n`;
  return plans.map((plan) => `${blockOf(plan, language).join('\n')}\n`).join('\n');
}

const NO_CHANGES: Text = { en: 'nothing has to be changed', ja: '変更は必要ありません' };

function blockOf({ stream, table, statements }: TablePlan, language: Language): readonly string[] {
  const title = onOneLine(stream === undefined ? table : `${stream} → ${table}`);
  if (statements.length === 0) return [`-- ${title}: ${NO_CHANGES[language]}`];
  return [`-- ${title}`, ...statements.map((statement) => `${statement};`)];
}

/** A name must not end the comment that it stands in. */
function onOneLine(text: string): string {
  return text.replaceAll(/\p{Cc}|\u2028|\u2029/gu, ' ');
}
