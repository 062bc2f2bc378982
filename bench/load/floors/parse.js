// @ts-check
/** The least that any target does: reads lines from standard input and parses them. */
let rest = '';
let parsed = 0;
process.stdin.setEncoding('utf8');
for await (const chunk of process.stdin) {
  const lines = (rest + chunk).split('\n');
  rest = lines.pop() ?? '';
  for (const line of lines) if (JSON.parse(line).type === 'RECORD') parsed += 1;
}
process.stdout.write(`${parsed}\n`);
