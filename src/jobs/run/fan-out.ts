import type { Message } from '../../message/message.ts';
import type { TapReport } from '../../tap/tap.ts';
import type { StatementRun } from './statement-run.ts';

/**
 * Hands each group of messages to every statement, so that one reading serves them all, at the pace of the slowest.
 * Stops reading when no statement is left. Rejects only with what the reader rejects with.
 */
export async function fanOut(
  messages: AsyncGenerator<readonly Message[], TapReport>,
  statements: readonly StatementRun[],
): Promise<TapReport | undefined> {
  for (;;) {
    const step = await messages.next();
    if (step.done) return step.value;
    await Promise.all(statements.map((statement) => statement.write(step.value)));
    if (statements.every(({ failed }) => failed)) {
      await messages.return({ failures: [], requests: new Map(), rows: new Map() });
      return undefined;
    }
  }
}
