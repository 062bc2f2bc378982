import { parentPort, workerData } from 'node:worker_threads';
import { OpenDatabase } from './open-database.ts';
import type { Call, Opening, Reply } from './operations.ts';
import { DRIVER_MISSING, plainError } from './plain-error.ts';

/** The thread that a `DatabaseThread` starts. It loads little, as a database waits for it. */
await serve(workerData as Opening);

async function serve(opening: Opening): Promise<void> {
  const database = await open(opening);
  if (database === undefined) return;
  parentPort?.on('message', ({ begin, request }: Call) => {
    reply(() => {
      if (begin !== undefined) database.begin(begin);
      const operation = database[request.name] as (...values: unknown[]) => unknown;
      return operation.apply(database, request.values);
    });
    if (request.name === 'close') parentPort?.close();
  });
}

async function open(opening: Opening): Promise<OpenDatabase | undefined> {
  const Driver = await loadDriver();
  let database: OpenDatabase | undefined;
  if (Driver !== undefined) {
    reply(() => {
      database = new OpenDatabase(Driver, opening);
    });
  }
  return database;
}

async function loadDriver() {
  try {
    return (await import('better-sqlite3')).default;
  } catch (error) {
    send({ error: { ...plainError(error), code: DRIVER_MISSING } });
    return undefined;
  }
}

function reply(work: () => unknown): void {
  try {
    send({ value: work() });
  } catch (error) {
    send({ error: plainError(error) });
  }
}

function send(message: Reply): void {
  parentPort?.postMessage(message);
}
