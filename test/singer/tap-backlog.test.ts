import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { tapMain } from '../../src/singer/tap-main.ts';
import { createTestHost, type TestHost } from './test-host.ts';

interface Line {
  readonly type: string;
  readonly stream: string;
  readonly schema: { readonly properties: Readonly<Record<string, unknown>> };
  readonly record: Readonly<Record<string, unknown>>;
  readonly key_properties: readonly string[];
  readonly value: { readonly bookmarks: object };
}

let sandbox: Sandbox;
const folder = mkdtempSync(join(tmpdir(), 'tap-'));

beforeAll(async () => {
  sandbox = await startSandbox({ seed: { projects: 2, issues: 220, commentsPerIssue: 0 } });
});

afterAll(() => sandbox.close());

function hostFor(args: readonly string[], output?: PassThrough): TestHost {
  const environment = { TAP_BACKLOG_URL: sandbox.url, TAP_BACKLOG_API_KEY: sandbox.apiKey };
  return createTestHost(args, { environment, ...(output ? { output } : {}) });
}

async function read(...args: string[]) {
  const host = hostFor(args);
  const code = await tapMain(host);
  const lines: Line[] = host
    .outputText()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  const of = (type: string, stream?: string) =>
    lines.filter((line) => line.type === type && (stream === undefined || line.stream === stream));
  return { code, lines, of, log: host.logText() };
}

function write(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
}

async function discovered(): Promise<{
  streams: { stream: string; metadata: { breadcrumb: string[]; metadata: Record<string, unknown> }[] }[];
}> {
  const host = createTestHost(['--discover']);
  expect(await tapMain(host)).toBe(0);
  expect(host.logText()).toBe('');
  return JSON.parse(host.outputText());
}

/** The catalog with only these streams selected, and without these columns. */
async function catalogWith(streams: readonly string[], withoutColumns: readonly string[] = []) {
  const catalog = await discovered();
  for (const entry of catalog.streams) {
    for (const { breadcrumb, metadata } of entry.metadata) {
      if (breadcrumb.length === 0) metadata.selected = streams.includes(entry.stream);
      else metadata.selected = !withoutColumns.includes(breadcrumb[1] ?? '');
    }
  }
  return catalog;
}

describe('discovery', () => {
  test('needs neither settings nor network and offers every stream with its key', async () => {
    const { streams } = await discovered();
    expect(streams.map(({ stream }) => stream)).toEqual(expect.arrayContaining(['issues', 'projects', 'users']));
    expect(streams.find(({ stream }) => stream === 'issues')).toMatchObject({
      key_properties: ['id'],
      replication_method: 'INCREMENTAL',
    });
  });
});

describe('reading', () => {
  test('without a catalog reads what is selected by default, each stream announced before its rows', async () => {
    const { code, lines, of } = await read();
    expect(code).toBe(0);
    const selected = (await discovered()).streams
      .filter(({ metadata }) => metadata[0]?.metadata['selected-by-default'])
      .map(({ stream }) => stream);
    expect(new Set(of('SCHEMA').map(({ stream }) => stream))).toEqual(new Set(selected));
    expect(of('RECORD', 'issues')).toHaveLength(220);
    const announced = new Set<string>();
    for (const { type, stream } of lines) {
      if (type === 'SCHEMA') announced.add(stream);
      if (type === 'RECORD') expect(announced).toContain(stream);
    }
    expect(of('STATE').at(-1)?.value.bookmarks).toHaveProperty('issues');
  });

  test('leaves deselected columns out of SCHEMA and RECORD and keeps the key', async () => {
    const path = write('columns.json', await catalogWith(['issues'], ['id', 'summary']));
    const { of } = await read('--catalog', path);
    const [announced] = of('SCHEMA');
    expect(of('SCHEMA')).toHaveLength(1);
    expect(announced?.key_properties).toEqual(['id']);
    expect(announced?.schema.properties).not.toHaveProperty('summary');
    expect(announced?.schema.properties).toHaveProperty('id');
    expect(announced?.schema.properties).toHaveProperty('_sdc_deleted_at');
    const records = of('RECORD');
    expect(records).toHaveLength(220);
    for (const { record } of records) {
      expect(record).not.toHaveProperty('summary');
      expect(record).toHaveProperty('id');
    }
  });

  test('goes on from a state and reads only what was changed since', async () => {
    const catalog = write('issues.json', await catalogWith(['issues']));
    const first = await read('--catalog', catalog);
    const state = write('state.json', first.of('STATE').at(-1)?.value);
    const before = sandbox.requests.length;
    const [issue] = sandbox.world.issues.heads();
    sandbox.world.updateIssue(issue?.id ?? 0, { summary: '変更後' });
    const second = await read('--properties', catalog, '--state', state);
    expect(second.code).toBe(0);
    expect(second.of('RECORD').map(({ record }) => record)).toMatchObject([{ id: issue?.id, summary: '変更後' }]);
    const searches = sandbox.requests.slice(before).filter(({ path }) => path.endsWith('/issues'));
    expect(searches).toHaveLength(1);
    expect(second.of('STATE').at(-1)?.value.bookmarks).toHaveProperty('issues');
  });

  test('takes an empty state for none', async () => {
    const catalog = write('issues.json', await catalogWith(['issues']));
    const { of } = await read('--catalog', catalog, '--state', write('empty.json', {}));
    expect(of('RECORD')).toHaveLength(220);
  });

  test('of one project alone is asked for by its key', async () => {
    const [project] = sandbox.world.projects.values();
    const config = write('config.json', { project_keys: [project?.projectKey.toLowerCase()] });
    const { of } = await read('--config', config, '--catalog', write('issues.json', await catalogWith(['issues'])));
    expect(new Set(of('RECORD').map(({ record }) => record.project_id))).toEqual(new Set([project?.id]));
  });

  test('tells metrics by stream', async () => {
    const { log } = await read('--catalog', write('issues.json', await catalogWith(['issues'])));
    const metrics = [...log.matchAll(/^METRIC: (.*)$/gm)].map(([, json = '']) => JSON.parse(json));
    expect(metrics).toContainEqual({ type: 'counter', metric: 'record_count', value: 220, tags: { stream: 'issues' } });
    expect(metrics.map(({ metric }) => metric)).toEqual(
      expect.arrayContaining(['http_request_count', 'sync_duration']),
    );
    expect(log).not.toMatch(/error|exception/i);
  });
});

describe('trouble', () => {
  /** Reads with one project's categories answered like this; the rest of the space is as always. */
  async function readWithout(status: number, body: string) {
    const [first, second] = [...sandbox.world.projects.values()];
    for (const name of [first?.id, first?.projectKey]) {
      const path = `/projects/${name}/categories`;
      sandbox.faults.add({ path, times: 99, fault: { kind: 'body', status, body } });
    }
    const catalog = write('categories.json', await catalogWith(['project_categories', 'issues']));
    const outcome = await read('--catalog', catalog).finally(() => sandbox.faults.clear());
    expect(outcome.of('RECORD', 'issues')).toHaveLength(220);
    const projects = new Set(outcome.of('RECORD', 'project_categories').map(({ record }) => record.project_id));
    expect(projects).toEqual(new Set([second?.id]));
    expect(outcome.of('ACTIVATE_VERSION', 'project_categories')).toEqual([]);
    expect(outcome.log).toContain('project_categories');
    return outcome;
  }

  test('in one project does not keep the others from being read, and the code tells of it', async () => {
    const { code } = await readWithout(404, '{"errors":[{"message":"No such project.","code":6,"moreInfo":""}]}');
    expect(code).toBe(1);
  });

  test('of rights in one project is told, but does not fail the run: it would in every run', async () => {
    const { code } = await readWithout(403, '{"errors":[{"message":"No authority.","code":5,"moreInfo":""}]}');
    expect(code).toBe(0);
  });

  test('with the key ends with code 3, one message, and no trace of the key', async () => {
    const environment = { TAP_BACKLOG_URL: sandbox.url, TAP_BACKLOG_API_KEY: 'not-the-right-key' };
    const host = createTestHost([], { environment });
    expect(await tapMain(host)).toBe(3);
    expect(host.logText()).toContain('→');
    expect(host.logText()).not.toContain('not-the-right-key');
  });

  test.each([
    ['a state that is no object', ['--state', write('list.json', [])], 'state.invalid'],
    ['a catalog that is none', ['--catalog', write('none.json', { a: 1 })], 'catalog.invalid'],
    ['a file that is not there', ['--catalog', join(folder, 'missing.json')], 'file.unreadable'],
  ])('with %s ends with code 2 before any request', async (_case, args, code) => {
    const before = sandbox.requests.length;
    const { code: exitCode, log } = await read(...args);
    expect(exitCode).toBe(2);
    expect(log).toContain(`[${code}]`);
    expect(sandbox.requests).toHaveLength(before);
  });
});

describe('the output', () => {
  test('that nobody reads stops the reading after what fits into the buffers', async () => {
    const big = await startSandbox({
      seed: { projects: 1, issues: 6000, commentsPerIssue: 0 },
      budgets: { search: 1e6, read: 1e6 },
    });
    const output = new PassThrough({ highWaterMark: 1024 });
    const environment = { TAP_BACKLOG_URL: big.url, TAP_BACKLOG_API_KEY: big.apiKey };
    const host = createTestHost([], { environment, output });
    const ended = tapMain(host);
    await quiet(() => big.requests.length);
    const held = big.requests.length;
    expect(held).toBeLessThan(40);
    expect(output.readableLength + output.writableLength).toBeLessThan(4_000_000);
    output.resume();
    expect(await ended).toBe(0);
    expect(big.requests.length).toBeGreaterThan(60);
    await big.close();
  });

  test('on a signal ends behind a whole line', async () => {
    const output = new PassThrough({ highWaterMark: 1024 });
    const host = hostFor([], output);
    const ended = tapMain(host);
    let text = '';
    output.setEncoding('utf8');
    output.on('data', (chunk: string) => {
      if (text === '') host.signal('SIGTERM');
      text += chunk;
    });
    expect(await ended).toBe(143);
    expect(text.endsWith('\n')).toBe(true);
    for (const line of text.trimEnd().split('\n')) expect(() => JSON.parse(line)).not.toThrow();
    expect(text).not.toContain('"ACTIVATE_VERSION","stream":"issues"');
    expect(host.logText()).not.toMatch(/error/i);
  });

  test('whose reader is gone ends the reading quietly', async () => {
    const output = new PassThrough();
    const host = hostFor([], output);
    const ended = tapMain(host);
    output.once('data', () => output.destroy());
    expect(await ended).toBe(141);
    expect(host.logText()).not.toMatch(/error|EPIPE/i);
  });
});

/** Resolves when a figure has stopped growing. */
async function quiet(figure: () => number): Promise<void> {
  for (let last = -1; figure() === 0 || figure() !== last; ) {
    last = figure();
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

describe('--plan', () => {
  async function plan(...args: string[]): Promise<string> {
    const host = hostFor(['--plan', '--catalog', write('issues.json', await catalogWith(['issues'])), ...args]);
    expect(await tapMain(host)).toBe(0);
    return host.outputText();
  }

  test('tells as many requests as the reading then makes', async () => {
    const { requests } = JSON.parse(await plan('--format', 'json'));
    const before = sandbox.requests.length;
    await read('--catalog', write('issues.json', await catalogWith(['issues'])));
    const searches = sandbox.requests.slice(before).filter(({ rateClass }) => rateClass === 'search');
    expect(requests.search).toBe(searches.length);
  });

  test('is a line for each resource and the total for people', async () => {
    const text = await plan();
    expect(text).toMatch(/^issues: \d+ search$/m);
    expect(text).toMatch(/^total: .*search/m);
  });
});

describe('the requests of a reading', () => {
  const linesIn = (log: string) => log.split('\n').filter((line) => line.startsWith('Requests for '));

  test('are told at its end, by resource and allowance', async () => {
    const catalog = write('two.json', await catalogWith(['issues', 'projects', 'project_statuses']));
    const { code, log } = await read('--catalog', catalog);
    expect(code).toBe(0);
    expect(linesIn(log)).toEqual([
      'Requests for projects: 1 read',
      'Requests for activities: 1 read',
      'Requests for project_statuses: 2 read',
      expect.stringMatching(/^Requests for issues: \d+ search$/),
      'Requests for counts: 1 search',
    ]);
  });

  test('stand beside those that were planned, if that was asked for', async () => {
    const catalog = write('planned.json', await catalogWith(['issues', 'projects', 'project_statuses']));
    const config = write('fields.json', { custom_field_columns: 'name' });
    const before = sandbox.requests.length;
    const { code, log } = await read('--catalog', catalog, '--config', config, '--plan-first');
    expect(code).toBe(0);
    const asked = sandbox.requests.slice(before).filter(({ path }) => path === '/issues').length;
    expect(new Set(linesIn(log))).toEqual(
      new Set([
        'Requests for projects: 1 read (planned: 1 read)',
        'Requests for project_custom_fields: 2 read (planned: 2 read)',
        'Requests for activities: 1 read (planned: 1 read)',
        'Requests for project_statuses: 2 read (planned: 2 read)',
        `Requests for issues: ${asked} search (planned: ${asked} search)`,
        'Requests for counts: 1 search (planned: 1 search)',
      ]),
    );
  });
});
