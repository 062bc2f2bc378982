export const NEWLINE = 0x0a;

/**
 * Cuts a byte stream behind line ends: each block holds whole lines, divided by `\n`, without the last one's. A block
 * per chunk keeps the cost of the asynchronous step away from the single line. Only the byte 0A ends a line, so that
 * U+2028 in a text does not, and no character is ever cut.
 */
export async function* lineBlocks(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let pending: Buffer[] = [];
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(NEWLINE);
    if (end < 0) {
      pending.push(chunk);
      continue;
    }
    yield join(pending, chunk.subarray(0, end));
    pending = end + 1 < chunk.length ? [chunk.subarray(end + 1)] : [];
  }
  if (pending.length > 0) yield Buffer.concat(pending);
}

function join(pending: readonly Buffer[], last: Buffer): Buffer {
  return pending.length === 0 ? last : Buffer.concat([...pending, last]);
}
