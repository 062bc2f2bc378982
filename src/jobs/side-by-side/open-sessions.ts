import type { Session } from '../../load/dialect.ts';
import type { Destination } from '../destination/destination.ts';
import { inTurns, type Turns, turns } from './session-in-turns.ts';

/** Opens sessions when they are first asked for, and closes them all. */
export interface Sessions extends AsyncDisposable {
  connect(destination: Destination): Promise<Session>;
}

/**
 * One session for each way into a database, and one transaction at a time in each database, whichever way it goes. So no
 * job ever finds the database busy with another one (SQLite has one writer), or in the middle of making the tables that
 * all of them use (MySQL cannot make a table within a transaction). Reading Backlog is what takes the time.
 */
export function openSessions(): Sessions {
  const opened = new Map<string, Promise<Session>>();
  const places = new Map<string, Turns>();
  return {
    connect(destination) {
      const { key, place } = destination;
      const known = opened.get(key);
      if (known) return known;
      const turn = places.get(place) ?? turns();
      places.set(place, turn);
      const session = destination.connect().then((each) => inTurns(each, turn));
      opened.set(key, session);
      return session;
    },
    async [Symbol.asyncDispose]() {
      const sessions = await Promise.allSettled(opened.values());
      for (const session of sessions) if (session.status === 'fulfilled') await session.value[Symbol.asyncDispose]();
    },
  };
}
