export const NEWLINE = 0x0a;

/**
 * Cuts a byte stream behind line ends: each block holds whole lines, divided by `\n`, without the last one's. The blocks
 * of a chunk come together, which keeps the cost of the asynchronous step away from the single line; the line that began
 * in the chunk before has a block of its own, so that the others need not be copied. Only the byte 0A ends a line, so
 * that U+2028 in a text does not, and no character is ever cut.
 */
export async function* lineBlocks(chunks: AsyncIterable<Buffer>): AsyncGenerator<readonly Buffer[]> {
  let pending: Buffer[] = [];
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(NEWLINE);
    if (end < 0) {
      pending.push(chunk);
      continue;
    }
    yield pending.length === 0 ? [chunk.subarray(0, end)] : joined(pending, chunk, end);
    pending = end + 1 < chunk.length ? [chunk.subarray(end + 1)] : [];
  }
  if (pending.length > 0) yield [Buffer.concat(pending)];
}

function joined(pending: readonly Buffer[], chunk: Buffer, end: number): readonly Buffer[] {
  const first = chunk.indexOf(NEWLINE);
  const whole = Buffer.concat([...pending, chunk.subarray(0, first)]);
  return first === end ? [whole] : [whole, chunk.subarray(first + 1, end)];
}
