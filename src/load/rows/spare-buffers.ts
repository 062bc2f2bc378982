const FIRST_CAPACITY = 4096;
/** One for the batch that is being written to the database, one for the next, and some for streams that alternate. */
const MOST_SPARE = 4;
const LARGEST_SPARE = 4 * 1024 * 1024;

/**
 * Buffers that rows were written into and that are needed no more. To make new ones for each batch makes the garbage
 * collector run far more often than what is alive would need.
 */
export class SpareBuffers {
  readonly #spare: Buffer[] = [];

  take(): Buffer {
    return this.#spare.pop() ?? Buffer.allocUnsafe(FIRST_CAPACITY);
  }

  give(buffer: Buffer): void {
    if (buffer.length > FIRST_CAPACITY && buffer.length <= LARGEST_SPARE && this.#spare.length < MOST_SPARE)
      this.#spare.push(buffer);
  }
}
