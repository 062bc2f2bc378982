interface Arrival<T> {
  readonly source: AsyncIterator<T>;
  readonly result: IteratorResult<T>;
}

/**
 * Reads up to `width` sources at once and gives what they give, in the order of its arrival; the order within a source
 * is kept. Sources are started in their order. Each is at most one step ahead of the consumer (invariant 10). The
 * first failure ends all. `stop` is called when that, or the consumer, ends the reading: it should make whatever the
 * sources wait for give up.
 */
export async function* merge<T>(
  sources: Iterable<AsyncIterable<T>>,
  width: number,
  stop: () => void,
): AsyncGenerator<T, void, undefined> {
  const waiting = sources[Symbol.iterator]();
  const running = new Set<AsyncIterator<T>>();
  const arrived: (Arrival<T> | { readonly failure: unknown })[] = [];
  let wake = (): void => undefined;

  const arrive = (arrival: (typeof arrived)[number]) => {
    arrived.push(arrival);
    wake();
  };
  const advance = (source: AsyncIterator<T>) => {
    source.next().then(
      (result) => arrive({ source, result }),
      (failure) => arrive({ failure }),
    );
  };
  const startNext = () => {
    const { value, done } = waiting.next();
    if (done) return;
    const source: AsyncIterator<T> = value[Symbol.asyncIterator]();
    running.add(source);
    advance(source);
  };

  for (let count = 0; count < width; count++) startNext();
  try {
    while (running.size > 0) {
      const arrival = arrived.shift();
      if (arrival === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      } else if ('failure' in arrival) {
        throw arrival.failure;
      } else if (arrival.result.done) {
        running.delete(arrival.source);
        startNext();
      } else {
        advance(arrival.source);
        yield arrival.result.value;
      }
    }
  } finally {
    if (running.size > 0) stop();
    await Promise.allSettled([...running].map((source) => source.return?.()));
  }
}
