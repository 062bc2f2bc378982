import type { Session } from '../../load/dialect.ts';

/** Does one thing after the other, in the order in which they are asked for. */
export type Turns = <T>(work: () => Promise<T>) => Promise<T>;

export function turns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
}

/** The session as one of several that share a database. */
export function inTurns(session: Session, turn: Turns): Session {
  return {
    facts: session.facts,
    transaction: (work) => turn(() => session.transaction(work)),
    readTable: (table, columns, which) => turn(() => session.readTable(table, columns, which)),
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  };
}
