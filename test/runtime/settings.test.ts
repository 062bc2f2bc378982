import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ConfigurationError, describeError } from '../../src/runtime/errors.ts';
import { createLogger, type LogLine } from '../../src/runtime/log.ts';
import { redact } from '../../src/runtime/secrets.ts';
import { secretSetting, setting, settingsJsonSchema } from '../../src/runtime/setting-schema.ts';
import { environmentSource, fileSource, type SettingsSource } from '../../src/runtime/setting-sources.ts';
import { parseSettings } from '../../src/runtime/settings.ts';

const text = (en: string, ja: string) => ({ en, ja });

const definition = {
  environmentPrefix: 'TAP_SAMPLE',
  schema: z.object({
    api_key: secretSetting(z.string().min(1), text('The key.', 'キー。')),
    rows: setting(z.int().min(1).default(10), text('Rows.', '行数。')),
    share: setting(z.number().gt(0).max(1).optional(), text('Share.', '割合。')),
    quiet: setting(z.boolean().default(false), text('Quiet.', '静か。')),
    keys: setting(z.array(z.string()).optional(), text('Keys.', 'キー一覧。')),
    tables: setting(z.record(z.string(), z.string()).optional(), text('Tables.', '表。')),
    'tunnel.host': setting(z.string().optional(), text('Host.', 'ホスト。')),
    'tunnel.key': secretSetting(z.string().optional(), text('Key.', '鍵。')),
    mode: setting(z.enum(['fast', 'safe']).default('safe'), text('Mode.', '方式。')),
    since: setting(z.union([z.iso.date(), z.iso.datetime({ offset: true })]).optional(), text('Since.', '開始。')),
  }),
};

const file = (values: Record<string, unknown>, path = 'config.json'): SettingsSource => ({
  values,
  originOf: (key) => `${path}: ${key}`,
});

function parse(...sources: SettingsSource[]) {
  const lines: LogLine[] = [];
  const settings = parseSettings(
    definition,
    sources,
    createLogger('debug', (line) => lines.push(line)),
  );
  return { settings, lines };
}

function refusal(...sources: SettingsSource[]): ConfigurationError {
  try {
    parse(...sources);
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  throw new Error('the settings were accepted');
}

describe('sources', () => {
  test('later sources win, setting by setting', () => {
    const { settings } = parse(file({ api_key: 'first', rows: 1 }), file({ rows: 2 }), file({ quiet: true }));
    expect(settings).toEqual({ api_key: 'first', rows: 2, quiet: true, mode: 'safe' });
  });

  test('a dotted name may be a member of an object, a name of its own or a variable', () => {
    const key = { api_key: 'k' };
    const member = file({ ...key, tunnel: { host: 'a', key: 'secret-of-tunnel', other: 1 } });
    const { settings, lines } = parse(member);
    expect(settings).toMatchObject({ 'tunnel.host': 'a', 'tunnel.key': 'secret-of-tunnel' });
    expect(redact('secret-of-tunnel')).toBe('***');
    expect(lines.map(({ text: { en } }) => en)).toEqual([
      'config.json: tunnel.other: there is no such setting; it is ignored',
    ]);
    expect(parse(member, file({ 'tunnel.host': 'b' })).settings).toMatchObject({ 'tunnel.host': 'b' });
    const environment = environmentSource('TAP_SAMPLE', ['tunnel.host'], { TAP_SAMPLE_TUNNEL_HOST: 'c' });
    expect(parse(member, environment).settings).toMatchObject({ 'tunnel.host': 'c' });
  });

  test('null counts as not given', () => {
    expect(parse(file({ api_key: 'abcd', rows: 3 }), file({ rows: null })).settings.rows).toBe(3);
    expect(parse(file({ api_key: 'abcd', rows: null })).settings.rows).toBe(10);
  });

  test('environment names carry the prefix, and an empty variable counts as not given', () => {
    const environment = { TAP_SAMPLE_API_KEY: 'abcd', TAP_SAMPLE_ROWS: '', ROWS: '7', TAP_SAMPLE_OTHER: 'x' };
    const source = environmentSource('TAP_SAMPLE', Object.keys(definition.schema.shape), environment);
    expect(source.values).toEqual({ api_key: 'abcd' });
  });

  test.each([
    ['rows', '250', 250],
    ['share', '0.5', 0.5],
    ['quiet', 'TRUE', true],
    ['quiet', '0', false],
    ['keys', 'A, B ,,C', ['A', 'B', 'C']],
    ['keys', '["A","B,C"]', ['A', 'B,C']],
    ['tables', '{"a":"b"}', { a: 'b' }],
    ['since', '2024-01-01', '2024-01-01'],
    ['since', '2024-01-01T00:00:00+09:00', '2024-01-01T00:00:00+09:00'],
  ] as const)('the text of %s is read by the type of the setting: %s', (key, value, expected) => {
    expect(parse(file({ api_key: '12345', [key]: value })).settings).toMatchObject({
      api_key: '12345',
      [key]: expected,
    });
  });

  test('an unknown setting is told once with its place and ignored', () => {
    const { lines } = parse(file({ api_key: 'abcd', rws: 1 }), file({ rws: 2 }, 'second.json'));
    expect(lines).toEqual([
      {
        level: 'warning',
        text: {
          en: 'second.json: rws: there is no such setting; it is ignored',
          ja: 'second.json: rws: この名前の設定はないため、無視します',
        },
      },
    ]);
  });
});

describe('refusals', () => {
  test('a missing setting is named with both ways to give it', () => {
    const error = refusal(file({}));
    expect(error.code).toBe('config.missing');
    expect(error.path).toBe('api_key');
    expect(error.hint?.en).toContain('"api_key"');
    expect(error.hint?.en).toContain('TAP_SAMPLE_API_KEY');
    expect(error.hint?.ja).toContain('TAP_SAMPLE_API_KEY');
  });

  test.each([
    ['rows', 'many', 'expected a whole number, at least 1, found "many"', '1 以上の整数'],
    ['rows', 0, 'expected a whole number, at least 1, found 0', '1 以上の整数'],
    ['share', 2, 'expected a number, above 0 and at most 1, found 2', '0 より大きい、1 以下の数値'],
    ['mode', 'wild', 'expected one of "fast", "safe", found "wild"', '"fast", "safe" のいずれか'],
    ['quiet', 'perhaps', 'expected true or false, found "perhaps"', 'true または false'],
    ['since', 'soon', 'expected a date (2024-01-31) or a date-time (2024-01-31T09:00:00Z), found "soon"', '日付'],
    ['keys', 5, 'expected a list, found 5', 'リスト'],
  ])('%s = %j says what was expected', (key, value, english, japanese) => {
    const error = refusal(file({ api_key: 'abcd', [key]: value }));
    expect(error.code).toBe('config.invalid');
    expect(error.path).toBe(`config.json: ${key}`);
    expect(error.text.en).toBe(english);
    expect(error.text.ja).toContain(japanese);
  });

  test('every wrong setting is named at once, each with its place', () => {
    const environment = environmentSource('TAP_SAMPLE', ['rows'], { TAP_SAMPLE_ROWS: 'x' });
    const message = describeError(refusal(file({ mode: 'wild' }), environment), 'en');
    expect(message).toContain('api_key: this setting is needed');
    expect(message).toContain('TAP_SAMPLE_ROWS: expected a whole number');
    expect(message).toContain('config.json: mode: expected one of');
  });

  test('a secret is hidden from every text, even when it is refused', () => {
    parse(file({ api_key: 'open-sesame' }));
    expect(redact('the key is open-sesame')).toBe('the key is ***');
    const error = refusal(file({ api_key: ['s3cret-in-a-list'] }));
    expect(describeError(error, 'en')).not.toContain('s3cret');
  });

  test('a config file that is missing, broken or not an object is named', () => {
    const folder = mkdtempSync(join(tmpdir(), 'settings-'));
    const broken = join(folder, 'broken.json');
    const list = join(folder, 'list.json');
    writeFileSync(broken, '{"api_key": hunter2-secret}');
    writeFileSync(list, '[]');
    const failure = (path: string) => {
      try {
        return fileSource(path);
      } catch (error) {
        return error;
      }
    };
    expect(failure(join(folder, 'none.json'))).toMatchObject({
      code: 'file.unreadable',
      path: join(folder, 'none.json'),
    });
    expect(failure(broken)).toMatchObject({ code: 'file.not-json', path: broken });
    expect(describeError(failure(broken), 'en')).not.toContain('hunter2-secret');
    expect(failure(list)).toMatchObject({ code: 'config.invalid', path: list });
  });

  test('a config file may begin with a byte order mark', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'settings-')), 'bom.json');
    writeFileSync(path, '\uFEFF{"api_key": "abcd"}');
    expect(parse(fileSource(path)).settings.api_key).toBe('abcd');
  });
});

describe('description', () => {
  test('the JSON Schema names types, defaults, bounds and secrets', () => {
    const { properties, required } = settingsJsonSchema(definition.schema, 'en');
    expect(required).toEqual(['api_key']);
    expect(properties.api_key).toEqual({ type: 'string', minLength: 1, description: 'The key.', secret: true });
    expect(properties.rows).toEqual({ type: 'integer', minimum: 1, default: 10, description: 'Rows.' });
    expect(properties.mode).toMatchObject({ enum: ['fast', 'safe'], default: 'safe' });
  });

  test('descriptions are spoken in the chosen language', () => {
    expect(settingsJsonSchema(definition.schema, 'ja').properties.rows?.description).toBe('行数。');
  });
});
