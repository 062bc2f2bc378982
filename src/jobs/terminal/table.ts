import { displayWidth, padTo } from './display-width.ts';

export interface TableColumn {
  readonly title: string;
  /** Which side the text leans on: words left, numbers right. */
  readonly side: 'left' | 'right';
}

/** Lines of a plain table whose columns stand below each other on a terminal, whatever script their cells are in. */
export function renderTable(columns: readonly TableColumn[], rows: readonly (readonly string[])[]): readonly string[] {
  const widths = columns.map(({ title }, index) =>
    Math.max(displayWidth(title), ...rows.map((row) => displayWidth(row[index] ?? ''))),
  );
  const line = (cells: readonly string[]) =>
    columns
      .map(({ side }, index) => padTo(cells[index] ?? '', widths[index] ?? 0, side))
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return [line(columns.map(({ title }) => title)), rule, ...rows.map(line)];
}
