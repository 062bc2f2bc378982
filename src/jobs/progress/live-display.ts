import type { Language } from '../../runtime/text.ts';
import { cutTo } from '../terminal/display-width.ts';
import type { Display, ProgressSnapshot, StatementProgress } from './progress.ts';
import { renderProgress } from './render-progress.ts';

/** What a display needs of a terminal; `process.stderr` is one. */
export interface Terminal {
  write(text: string): unknown;
  readonly columns?: number;
  readonly rows?: number;
}

/**
 * Lines that are painted over again and again at the bottom of a terminal. Log lines scroll away above them. Never
 * taller than the screen, since a terminal cannot be painted where it has scrolled: then statements that are being
 * read come first.
 */
export function liveDisplay(terminal: Terminal, language: Language): Display {
  let painted: readonly string[] = [];

  const erase = () => (painted.length === 0 ? '' : `\x1b[${painted.length}A\r\x1b[J`);

  const paint = (snapshot: ProgressSnapshot) => {
    const lines = visibleLines(snapshot, terminal, language);
    if (lines.length === painted.length && lines.every((line, index) => line === painted[index])) return;
    terminal.write(`${erase()}${block(lines)}`);
    painted = lines;
  };

  return {
    interval: 100,
    begin: paint,
    show: paint,
    end(snapshot) {
      paint(snapshot);
      painted = [];
    },
    line: (text) => terminal.write(`${erase()}${text}${block(painted)}`),
  };
}

const PHASE_ORDER = ['reading', 'failed', 'incomplete', 'waiting', 'done'] as const;

function visibleLines(snapshot: ProgressSnapshot, terminal: Terminal, language: Language): readonly string[] {
  const room = Math.max(1, (terminal.rows ?? 24) - 1);
  const statements = snapshot.statements.length > room ? mostTelling(snapshot.statements, room) : snapshot.statements;
  const width = (terminal.columns ?? 80) - 1;
  return renderProgress({ ...snapshot, statements }, language).map((line) => cutTo(line, width));
}

function mostTelling(statements: readonly StatementProgress[], room: number): readonly StatementProgress[] {
  const rank = ({ phase }: StatementProgress) => PHASE_ORDER.indexOf(phase);
  return statements.toSorted((one, other) => rank(one) - rank(other)).slice(0, room);
}

function block(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
