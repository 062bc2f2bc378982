/** The same steps, each asked for while the one before it is being used, so that fetching and using overlap. */
export async function* ahead<T>(source: AsyncIterable<T>): AsyncGenerator<T, void, undefined> {
  const iterator = source[Symbol.asyncIterator]();
  let next = iterator.next();
  try {
    for (let result = await next; !result.done; result = await next) {
      next = iterator.next();
      next.catch(() => undefined);
      yield result.value;
    }
  } finally {
    await next.catch(() => undefined);
    await iterator.return?.();
  }
}

/**
 * Reads the sources one after the other, while the first steps of those that follow, up to `width` in all, are fetched
 * already. What they give keeps the order of the sources.
 */
export async function* inOrder<T>(
  sources: Iterable<AsyncIterable<T>>,
  width: number,
): AsyncGenerator<T, void, undefined> {
  const waiting = sources[Symbol.iterator]();
  const started: AsyncGenerator<T>[] = [];
  const startNext = () => {
    const { value, done } = waiting.next();
    if (!done) started.push(primed(value));
  };
  for (let count = 0; count < width; count++) startNext();
  try {
    for (let first = started[0]; first !== undefined; first = started[0]) {
      yield* first;
      started.shift();
      startNext();
    }
  } finally {
    await Promise.allSettled(started.map((source) => source.return(undefined)));
  }
}

/** A source whose first step is fetched at once, and the others when they are asked for. */
function primed<T>(source: AsyncIterable<T>): AsyncGenerator<T, void, undefined> {
  const iterator = source[Symbol.asyncIterator]();
  const first = iterator.next();
  first.catch(() => undefined);
  return (async function* () {
    try {
      for (let result = await first; !result.done; result = await iterator.next()) yield result.value;
    } finally {
      await iterator.return?.();
    }
  })();
}
