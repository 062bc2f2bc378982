import { Command, InvalidArgumentError } from 'commander';
import { RATE_CLASSES, type RateClass } from './http/rate-class.ts';
import { type SandboxOptions, STANDARD_KEY, startSandbox } from './sandbox.ts';

interface Flags {
  readonly port: number;
  readonly seed?: number;
  readonly issues?: number;
  readonly projects?: number;
  readonly comments?: number;
  readonly budgets: Partial<Record<RateClass, number>>;
  readonly window: number;
  readonly apiKey: string;
}

const command = new Command('backlog-sandbox')
  .description('A Backlog space on this machine, filled with sample data. Without size options it is the demo space.')
  .option('--port <number>', 'where to listen; 0 takes any free port', number, 0)
  .option('--seed <number>', 'another number gives other data', number)
  .option('--projects <number>', 'how many projects', number)
  .option('--issues <number>', 'how many issues in all projects together', number)
  .option('--comments <number>', 'how many comments an issue has on average', number)
  .option('--budgets <list>', 'requests per window, for example read=600,search=150', budgets, {})
  .option('--window <seconds>', 'length of a rate window', number, 60)
  .option('--api-key <key>', 'the key of the administrator', STANDARD_KEY);

/** Runs until it is told to stop. */
export async function main(argv: readonly string[]): Promise<void> {
  const flags = command.parse(argv).opts<Flags>();
  const sandbox = await startSandbox(optionsOf(flags));
  process.stdout.write(`${sandbox.url} ${sandbox.apiKey}\n`);
  const stop = () => void sandbox.close().then(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

function optionsOf({ port, budgets, window, apiKey, seed, projects, issues, comments }: Flags): SandboxOptions {
  const sized = [seed, projects, issues, comments].some((value) => value !== undefined);
  const spec = {
    ...(seed !== undefined && { seed }),
    ...(projects !== undefined && { projects }),
    ...(issues !== undefined && { issues }),
    ...(comments !== undefined && { commentsPerIssue: comments }),
  };
  return { port, budgets, windowSeconds: window, apiKey, seed: sized ? spec : 'demo' };
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
