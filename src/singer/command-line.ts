import { Command, CommanderError, Option } from 'commander';
import { EXIT_DONE, EXIT_USAGE } from '../runtime/exit-code.ts';
import type { Language, Text } from '../runtime/text.ts';
import type { AboutFormat } from './about.ts';
import type { Host } from './host.ts';
import type { LineWriter } from './line-writer.ts';

export interface CommandLine {
  /** Paths of config files, or `ENV`; later ones win. */
  readonly config: readonly string[];
  readonly about: boolean;
  readonly format: AboutFormat;
  readonly discover: boolean;
  /** Tell what a reading would cost, or what a load would do to the tables, instead of doing it. */
  readonly plan: boolean;
  /** Do it, and tell at its end what it has cost beside what it was expected to cost. */
  readonly planFirst: boolean;
  readonly catalog?: string;
  readonly state?: string;
}

/** Help or the version was asked for, or the arguments are wrong: all has been said, the program ends so. */
export interface Ended {
  readonly exitCode: number;
}

interface Subject {
  readonly kind: 'tap' | 'target';
  readonly name: string;
  readonly description: Text;
  readonly environmentPrefix: string;
}

export async function parseCommandLine(
  subject: Subject,
  version: string,
  language: Language,
  host: Host,
  output: LineWriter,
): Promise<CommandLine | Ended> {
  let answer = '';
  const command = commandOf(subject, version, language).configureOutput({
    writeOut: (text) => {
      answer += text;
    },
    writeErr: (text) => void host.logOutput.write(text),
    outputError: (text, write) => write(text.replace(/^error: /, `${subject.name}: `)),
  });
  try {
    return commandLine(command.parse([...host.arguments], { from: 'user' }).opts());
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    await output.write(answer);
    await output.flush();
    return { exitCode: error.exitCode === 0 ? EXIT_DONE : EXIT_USAGE };
  }
}

interface Options {
  readonly config?: readonly string[];
  readonly about?: true;
  readonly format: AboutFormat;
  readonly discover?: true;
  readonly plan?: true;
  readonly planFirst?: true;
  readonly catalog?: string;
  readonly properties?: string;
  readonly state?: string;
}

function commandLine({ config = [], format, catalog, properties, state, ...flags }: Options): CommandLine {
  const selection = catalog ?? properties;
  return {
    config,
    about: flags.about === true,
    format,
    discover: flags.discover === true,
    plan: flags.plan === true,
    planFirst: flags.planFirst === true,
    ...(selection === undefined ? {} : { catalog: selection }),
    ...(state === undefined ? {} : { state }),
  };
}

const COMMON_OPTIONS: readonly (readonly [flags: string, description: Text])[] = [
  ['--about', { en: 'describe the program and its settings', ja: 'プログラムと設定の説明を表示する' }],
];

const TAP_OPTIONS: readonly (readonly [flags: string, description: Text])[] = [
  ['--discover', { en: 'print the catalog of all streams', ja: '全ストリームのカタログを出力する' }],
  [
    '--plan',
    { en: 'tell what a reading would cost, without doing it', ja: '読み取らずに、必要なリクエスト数を表示する' },
  ],
  [
    '--plan-first',
    {
      en: 'tell after the reading the planned requests beside the actual ones; costs a few requests',
      ja: '見積もったリクエスト数を、読み取り後に実際の数と並べて表示する（見積もりにもリクエストが必要）',
    },
  ],
  ['--catalog <file>', { en: 'read what this catalog selects', ja: 'カタログで選択したものだけを読み取る' }],
  ['--properties <file>', { en: 'the old name of --catalog', ja: '--catalog の旧名' }],
  ['--state <file>', { en: 'go on from where this state stands', ja: 'この状態の続きから読み取る' }],
];

const TARGET_OPTIONS: readonly (readonly [flags: string, description: Text])[] = [
  [
    '--plan',
    {
      en: 'print the statements that would change the tables, without running them or writing rows',
      ja: '実行も書き込みもせずに、テーブルを変更する SQL を表示する',
    },
  ],
];

const CONFIG: Text = {
  en: 'settings as JSON, or ENV for the environment; may be repeated, later ones win',
  ja: '設定の JSON ファイル、または環境変数を表す ENV（複数指定可、後のものが優先）',
};

const FORMAT: Text = { en: 'form of --about and --plan', ja: '--about と --plan の形式' };

function commandOf(subject: Subject, version: string, language: Language): Command {
  const command = new Command(subject.name)
    .description(subject.description[language])
    .option('-c, --config <file>', CONFIG[language], append)
    .version(
      `${subject.name} ${version}`,
      '--version',
      { en: 'print the version', ja: 'バージョンを表示する' }[language],
    )
    .helpOption('-h, --help', { en: 'print this help', ja: 'このヘルプを表示する' }[language])
    .addHelpText('after', afterHelp(subject)[language])
    .exitOverride();
  const own = subject.kind === 'tap' ? TAP_OPTIONS : TARGET_OPTIONS;
  for (const [flags, description] of [...own, ...COMMON_OPTIONS]) command.option(flags, description[language]);
  return command.addOption(
    new Option('--format <format>', FORMAT[language]).choices(['text', 'json', 'markdown']).default('text'),
  );
}

function append(path: string, before: readonly string[] = []): readonly string[] {
  return [...before, path];
}

function afterHelp({ environmentPrefix }: Subject): Text {
  return {
    en: `
Each setting may also stand in the environment, for example as ${environmentPrefix}_… (see --about).
Exit code: 0 done, 1 failed while running, 2 wrong arguments or settings, 3 network, sign-in or database,
128+n stopped by signal n or, with n = 13, by a closed pipe.`,
    ja: `
各設定は環境変数 ${environmentPrefix}_… でも指定できます（--about を参照）。
終了コード: 0 完了、1 実行中の失敗、2 引数または設定の誤り、3 ネットワーク・認証・データベースの問題、
128+n シグナル n による停止（n = 13 はパイプの切断）。`,
  };
}
