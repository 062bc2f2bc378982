import { Command, InvalidArgumentError } from 'commander';
import { describeError } from '../runtime/errors.ts';
import { exitCodeOf } from '../runtime/exit-code.ts';
import { languageOf } from '../runtime/text.ts';
import { RATE_CLASSES, type RateClass } from './http/rate-class.ts';
import { type Sandbox, type SandboxOptions, STANDARD_KEY, startSandbox } from './sandbox.ts';
import type { WorldSpec } from './seed/seed-world.ts';

interface Flags {
  readonly port: number;
  readonly seed?: number;
  readonly issues?: number;
  readonly projects?: number;
  readonly comments?: number;
  readonly wikis?: number;
  readonly documents?: number;
  readonly pullRequests?: number;
  readonly budgets: Partial<Record<RateClass, number>>;
  readonly window: number;
  readonly apiKey: string;
}

function command(): Command {
  return new Command('backlog-sandbox')
    .description('A Backlog space on this machine, filled with sample data. Without size options it is the demo space.')
    .option('--port <number>', 'where to listen; 0 takes any free port', number, 0)
    .option('--seed <number>', 'another number gives other data', number)
    .option('--projects <number>', 'how many projects', number)
    .option('--issues <number>', 'how many issues in all projects together', number)
    .option('--comments <number>', 'how many comments an issue has on average', number)
    .option('--wikis <number>', 'how many wiki pages in all projects together', number)
    .option('--documents <number>', 'how many documents in all projects together', number)
    .option('--pull-requests <number>', 'how many pull requests in all projects together', number)
    .option('--budgets <list>', 'requests per window, for example read=600,search=150', budgets, {})
    .option('--window <seconds>', 'length of a rate window', number, 60)
    .option('--api-key <key>', 'the key of the administrator', STANDARD_KEY);
}

/** Runs until it is told to stop; prints its address and the administrator's key when it is ready. */
export async function main(argv: readonly string[]): Promise<void> {
  const flags = command().parse(argv).opts<Flags>();
  try {
    const sandbox = await startSandbox(optionsOf(flags));
    process.stdout.write(`${sandbox.url} ${sandbox.apiKey}\n`);
    stopOnSignal(sandbox);
  } catch (error) {
    process.stderr.write(`${describeError(error, languageOf(process.env))}\n`);
    process.exitCode = exitCodeOf(error);
  }
}

function stopOnSignal(sandbox: Sandbox): void {
  const stop = () => void sandbox.close().then(() => process.exit());
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

function optionsOf({ port, budgets, window, apiKey, comments, ...sizes }: Flags): SandboxOptions {
  const { seed, projects, issues, wikis, documents, pullRequests } = sizes;
  const given = { seed, projects, issues, commentsPerIssue: comments, wikis, documents, pullRequests };
  const spec: WorldSpec = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return { port, budgets, windowSeconds: window, apiKey, seed: Object.keys(spec).length === 0 ? 'demo' : spec };
}

function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0) throw new InvalidArgumentError('A number is needed.');
  return value;
}

function budgets(text: string): Partial<Record<RateClass, number>> {
  return Object.fromEntries(text.split(',').map(budget));
}

function budget(text: string): readonly [RateClass, number] {
  const [name, size = ''] = text.split('=');
  const rateClass = RATE_CLASSES.find((known) => known === name);
  if (rateClass === undefined) throw new InvalidArgumentError(`Known are: ${RATE_CLASSES.join(', ')}.`);
  return [rateClass, number(size)];
}
