import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { DataError } from '../../src/runtime/errors.ts';
import { secretSetting, setting } from '../../src/runtime/setting-schema.ts';
import { type Program, runProgram, settingsOf } from '../../src/singer/program.ts';
import { createTestHost } from './test-host.ts';

const schema = z.object({
  api_key: secretSetting(z.string().min(1), { en: 'The key.', ja: 'キーです。' }),
  rows: setting(z.int().min(1).default(10), { en: 'Rows.', ja: '行数です。' }),
});

const tap: Program<typeof schema> = {
  kind: 'tap',
  name: 'tap-sample',
  description: { en: 'A sample.', ja: '見本です。' },
  environmentPrefix: 'TAP_SAMPLE',
  capabilities: ['about', 'state'],
  schema,
};

const target: Program<typeof schema> = { ...tap, kind: 'target', name: 'target-sample' };

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

async function run(program: Program<typeof schema>, args: string[], environment = {}) {
  const host = createTestHost(args, { environment });
  const code = await runProgram(program, host, () => Promise.reject(new Error('work was begun')));
  return { code, out: host.outputText(), log: host.logText() };
}

async function settingsWith(args: string[], environment = {}) {
  const host = createTestHost(args, { environment });
  let settings: z.output<typeof schema> | undefined;
  const code = await runProgram(tap, host, async (context) => {
    settings = settingsOf(tap, context);
    return 0;
  });
  return { code, settings, log: host.logText() };
}

describe('arguments', () => {
  test('--version prints name and version', async () => {
    expect(await run(tap, ['--version'])).toEqual({ code: 0, out: `tap-sample ${version}\n`, log: '' });
  });

  test('--help prints the options of the kind of program, in the language of the environment', async () => {
    const english = await run(tap, ['--help']);
    expect(english).toMatchObject({ code: 0, log: '' });
    expect(english.out).toContain('--discover');
    expect(english.out).toContain('TAP_SAMPLE_');
    const japanese = await run(target, ['--help'], { LANG: 'ja_JP.UTF-8' });
    expect(japanese.out).toContain('見本です。');
    expect(japanese.out).not.toContain('--discover');
  });

  test.each([['--unknown'], ['--config'], ['surplus'], ['--about', '--format', 'pdf']])(
    'wrong arguments end with code 2 and say why: %s %s',
    async (...args) => {
      const { code, out, log } = await run(tap, args.filter(Boolean));
      expect(code).toBe(2);
      expect(out).toBe('');
      expect(log).toContain('tap-sample: ');
    },
  );
});

describe('--about', () => {
  test('as JSON gives name, version, capabilities and the settings as JSON Schema', async () => {
    const { code, out } = await run(tap, ['--about', '--format=json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      name: 'tap-sample',
      description: 'A sample.',
      version,
      capabilities: ['about', 'state'],
      settings: {
        type: 'object',
        properties: {
          api_key: { type: 'string', minLength: 1, description: 'The key.', secret: true },
          rows: { type: 'integer', minimum: 1, default: 10, description: 'Rows.' },
        },
        required: ['api_key'],
      },
    });
  });

  test('as text and Markdown names every setting with its variable and default', async () => {
    const text = (await run(tap, ['--about'])).out;
    expect(text).toContain('  api_key (string, required; TAP_SAMPLE_API_KEY)\n      The key.');
    expect(text).toContain('  rows (integer, default 10; TAP_SAMPLE_ROWS)');
    const markdown = (await run(tap, ['--about', '--format', 'markdown'], { BACKLOG_LANGUAGE: 'ja' })).out;
    expect(markdown).toContain('| `api_key` | `TAP_SAMPLE_API_KEY` | string | ✓ |  | キーです。 |');
    expect(markdown).toContain('| `rows` | `TAP_SAMPLE_ROWS` | integer |  | `10` | 行数です。 |');
  });
});

describe('settings', () => {
  const folder = mkdtempSync(join(tmpdir(), 'program-'));
  const file = (name: string, content: object) => {
    const path = join(folder, name);
    writeFileSync(path, JSON.stringify(content));
    return path;
  };
  const first = file('first.json', { api_key: 'from-first', rows: 1 });
  const second = file('second.json', { rows: 2 });

  test('come from the environment alone when no file is given', async () => {
    const environment = { TAP_SAMPLE_API_KEY: 'from-environment', TAP_SAMPLE_ROWS: '3' };
    expect((await settingsWith([], environment)).settings).toEqual({ api_key: 'from-environment', rows: 3 });
  });

  test('come from several files of which later ones win, and files win over the environment', async () => {
    const environment = { TAP_SAMPLE_ROWS: '3' };
    const { settings } = await settingsWith(['--config', first, '-c', second], environment);
    expect(settings).toEqual({ api_key: 'from-first', rows: 2 });
  });

  test('--config=ENV gives the environment its place in the order', async () => {
    const { settings } = await settingsWith(['--config', first, '--config=ENV'], { TAP_SAMPLE_ROWS: '3' });
    expect(settings).toEqual({ api_key: 'from-first', rows: 3 });
  });

  test('that are missing end the program with code 2 and the way to give them', async () => {
    const { code, log } = await settingsWith(['--config', second]);
    expect(code).toBe(2);
    expect(log).toContain('api_key');
    expect(log).toContain('TAP_SAMPLE_API_KEY');
  });
});

describe('the log', () => {
  const working = async (environment: Record<string, string>, isAttended = false) => {
    const host = createTestHost([], { environment, isAttended });
    const code = await runProgram(tap, host, async ({ log }) => {
      log.debug({ en: 'a detail', ja: '詳細' });
      log.info({ en: 'going on', ja: '進行中' });
      log.warning({ en: 'look here', ja: '注意' });
      log.metric({ type: 'counter', metric: 'record_count', value: 7, tags: { stream: 'issues' } });
      return 0;
    });
    return { code, lines: host.logText().split('\n').filter(Boolean) };
  };

  test('is plain lines with metrics as other taps write them', async () => {
    expect((await working({})).lines).toEqual([
      'going on',
      'warning: look here',
      'METRIC: {"type":"counter","metric":"record_count","value":7,"tags":{"stream":"issues"}}',
    ]);
  });

  test('has no metrics where a person reads it', async () => {
    expect((await working({}, true)).lines).toEqual(['going on', 'warning: look here']);
  });

  test('takes its level from the program’s variable before the common one', async () => {
    expect((await working({ LOGLEVEL: 'debug' })).lines).toContain('debug: a detail');
    expect((await working({ LOGLEVEL: 'debug', TAP_SAMPLE_LOGLEVEL: 'WARNING' })).lines).toEqual([
      'warning: look here',
    ]);
  });

  test('is JSON lines when Meltano asks for them', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'log-')), 'logging.json');
    writeFileSync(path, JSON.stringify({ version: 1, root: { level: 'DEBUG', handlers: ['console'] } }));
    const { lines } = await working({ SINGER_SDK_LOG_CONFIG: path });
    const parsed = lines.map((line) => JSON.parse(line));
    expect(parsed.map(({ level, message }) => [level, message])).toEqual([
      ['debug', 'a detail'],
      ['info', 'going on'],
      ['warning', 'look here'],
      ['info', 'METRIC'],
    ]);
    expect(parsed[3]).toEqual({
      level: 'info',
      pid: 4711,
      logger_name: 'tap-sample',
      ts: expect.any(Number),
      thread_name: 'MainThread',
      app_name: 'tap-sample',
      stream_name: 'issues',
      message: 'METRIC',
      metric_info: { type: 'counter', metric: 'record_count', value: 7, tags: { stream: 'issues' } },
      extra: {},
    });
  });
});

describe('the end', () => {
  test('a failure is one clear message with its exit code', async () => {
    const host = createTestHost([]);
    const code = await runProgram(tap, host, async () => {
      throw new DataError({
        code: 'sample.bad',
        text: { en: 'this is bad', ja: '不正です' },
        hint: { en: 'do good', ja: '直してください' },
        path: 'here',
      });
    });
    expect(code).toBe(1);
    expect(host.logText()).toBe('error: here: this is bad [sample.bad]\n  → do good\n');
  });

  test.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)('%s lets the work end in order, with code %i', async (signal, expected) => {
    const host = createTestHost([]);
    const code = await runProgram(tap, host, async ({ stop }) => {
      host.signal(signal);
      expect(stop.signal.aborted).toBe(true);
      return 0;
    });
    expect(code).toBe(expected);
    expect(host.exits).toEqual([]);
    expect(host.logText()).toBe('');
  });

  test('the same signal again ends at once, one of each kind does not', async () => {
    const host = createTestHost([]);
    await runProgram(tap, host, async () => {
      host.signal('SIGINT');
      host.signal('SIGTERM');
      expect(host.exits).toEqual([]);
      host.signal('SIGTERM');
      return 0;
    });
    expect(host.exits).toEqual([143]);
  });

  test('a failure after a signal still is a failure unless it is the stop itself', async () => {
    const host = createTestHost([]);
    const code = await runProgram(tap, host, async ({ stop }) => {
      host.signal('SIGTERM');
      stop.signal.throwIfAborted();
      return 0;
    });
    expect(code).toBe(143);
    expect(host.logText()).toBe('');
  });
});
