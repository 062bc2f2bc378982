import { createClient } from '../backlog/create-client.ts';
import type { SelectedStream } from '../message/catalog.ts';
import type { TapState } from '../message/state.ts';
import { ConfigurationError } from '../runtime/errors.ts';
import { EXIT_DONE, EXIT_FAILED } from '../runtime/exit-code.ts';
import { readJsonFile } from '../runtime/json-file.ts';
import { isRestriction, offeredStreams, planReading, type ReadOptions, readStreams } from '../tap/tap.ts';
import { catalogOf } from './catalog.ts';
import type { Host } from './host.ts';
import { formatPlan } from './plan-text.ts';
import { type Program, type Run, runProgram, settingsOf } from './program.ts';
import { defaultSelection, readSelection } from './read-selection.ts';
import { clientSettingsOf, readSettingsOf, spellingOf, type TapConfig, tapSettingsSchema } from './tap-settings.ts';
import { writeReading } from './write-reading.ts';

export const tapBacklog: Program<typeof tapSettingsSchema> = {
  kind: 'tap',
  name: 'tap-backlog',
  description: {
    en: 'Singer tap for Backlog by Nulab: issues, comments, projects, wikis and all else that its API gives.',
    ja: 'Nulab の Backlog から課題、コメント、プロジェクト、Wiki など API で取得できるデータを読み取る Singer タップ。',
  },
  environmentPrefix: 'TAP_BACKLOG',
  capabilities: ['about', 'activate-version', 'catalog', 'discover', 'properties', 'state', 'structured-logging'],
  schema: tapSettingsSchema,
};

/** The whole of `tap-backlog`, to its exit code. */
export function tapMain(host: Host): Promise<number> {
  return runProgram(tapBacklog, host, (run) => {
    const { discover: isDiscovery, plan: isPlan } = run.command;
    return isDiscovery ? discover(run) : isPlan ? plan(run) : read(run);
  });
}

async function discover({ output }: Run): Promise<number> {
  await output.write(`${JSON.stringify(catalogOf(offeredStreams()), null, 2)}\n`);
  return EXIT_DONE;
}

async function read(run: Run): Promise<number> {
  const config = settingsOf(tapBacklog, run);
  return withReading(config, run, async (options) => {
    const { output, log, host, stop } = run;
    const tools = { spelling: spellingOf(config), output, log, clock: host.clock, signal: stop.signal };
    const report = await writeReading(readStreams(options), tools);
    return report?.failures.every(isRestriction) ? EXIT_DONE : EXIT_FAILED;
  });
}

async function plan(run: Run): Promise<number> {
  const config = settingsOf(tapBacklog, run);
  return withReading(config, run, async (options) => {
    const { output, command, language } = run;
    await output.write(formatPlan(await planReading(options, config.budget_share), command.format, language));
    return EXIT_DONE;
  });
}

async function withReading(
  config: TapConfig,
  run: Run,
  work: (options: ReadOptions) => Promise<number>,
): Promise<number> {
  const { host, log, stop } = run;
  const selection = selectionOf(run);
  const state = stateOf(run);
  const client = createClient(clientSettingsOf(config), { clock: host.clock, log, environment: host.environment });
  const settings = readSettingsOf(config);
  try {
    const options = { client, selection, settings, clock: host.clock, log, signal: stop.signal };
    return await work(state === undefined ? options : { ...options, state });
  } finally {
    await client.close();
  }
}

function selectionOf({ command: { catalog }, log }: Run): readonly SelectedStream[] {
  const offered = offeredStreams();
  return catalog === undefined
    ? defaultSelection(offered)
    : readSelection(readJsonFile(catalog), catalog, offered, log);
}

/** The file holds the value of a STATE message. An empty object, as Meltano may pass it, is no state. */
function stateOf({ command: { state: path } }: Run): TapState | undefined {
  if (path === undefined) return undefined;
  const state = readJsonFile(path);
  if (typeof state !== 'object' || state === null || Array.isArray(state)) throw invalidState(path);
  return Object.keys(state).length === 0 ? undefined : (state as TapState);
}

function invalidState(path: string): ConfigurationError {
  return new ConfigurationError({
    code: 'state.invalid',
    text: {
      en: 'a state file must hold one JSON object',
      ja: '状態ファイルの内容は 1 つの JSON オブジェクトでなければなりません',
    },
    hint: {
      en: 'Give the last line that the target wrote, or leave --state out to read everything.',
      ja: 'ターゲットが最後に出力した行を渡すか、--state を省略してすべてを読み取ってください。',
    },
    path,
  });
}
