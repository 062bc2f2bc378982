import { ConfigurationError } from './errors.ts';
import { expectationOf } from './setting-expectation.ts';
import type { SettingProperty } from './setting-schema.ts';
import { environmentNameOf } from './setting-sources.ts';
import type { Text } from './text.ts';

/** One setting that is missing or does not fit. */
export interface SettingProblem {
  readonly key: string;
  readonly property: SettingProperty;
  readonly value: unknown;
  /** Undefined when the setting was not given at all. */
  readonly origin: string | undefined;
}

const LONGEST_ECHO = 60;

/** One message that names every wrong setting, so that a user corrects them in one go. */
export function invalidSettings(problems: readonly SettingProblem[], environmentPrefix: string): ConfigurationError {
  const missing = problems.filter(isMissing);
  const texts = problems.map(describe);
  const [only] = problems.length === 1 ? problems : [];
  return new ConfigurationError({
    code: missing.length > 0 ? 'config.missing' : 'config.invalid',
    text: only ? describeAlone(only) : joinLines(texts),
    ...(missing.length > 0 ? { hint: howToGive(missing, environmentPrefix) } : {}),
    ...(only ? { path: only.origin ?? only.key } : {}),
  });
}

function isMissing(problem: SettingProblem): boolean {
  return problem.origin === undefined;
}

function describe(problem: SettingProblem): Text {
  const place = problem.origin ?? problem.key;
  const { en, ja } = describeAlone(problem);
  return { en: `${place}: ${en}`, ja: `${place}: ${ja}` };
}

function describeAlone(problem: SettingProblem): Text {
  const { en, ja } = expectationOf(problem.property);
  if (isMissing(problem)) return { en: `this setting is needed: ${en}`, ja: `この設定は必須です（${ja}）` };
  const echo = echoOf(problem);
  return {
    en: `expected ${en}${echo && `, found ${echo}`}`,
    ja: `${ja}を指定してください${echo && `（現在の値: ${echo}）`}`,
  };
}

function echoOf({ property, value }: SettingProblem): string {
  if (property.secret === true) return '';
  const text = JSON.stringify(value) ?? '';
  return text.length > LONGEST_ECHO ? `${text.slice(0, LONGEST_ECHO)}…` : text;
}

function howToGive(missing: readonly SettingProblem[], prefix: string): Text {
  const keys = missing.map(({ key }) => `"${key}"`).join(', ');
  const variables = missing.map(({ key }) => environmentNameOf(prefix, key)).join(', ');
  return {
    en: `Put ${keys} into the file given with --config, or set ${variables} in the environment.`,
    ja: `--config で渡すファイルに ${keys} を書くか、環境変数 ${variables} を設定してください。`,
  };
}

function joinLines(texts: readonly Text[]): Text {
  return {
    en: ['several settings are wrong', ...texts.map(({ en }) => `  ${en}`)].join('\n'),
    ja: ['複数の設定に誤りがあります', ...texts.map(({ ja }) => `  ${ja}`)].join('\n'),
  };
}
