import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type JobServer, MARIADB, POSTGRES } from '../destination/job-server.ts';
import { Workshop } from '../workshop.ts';

const STATEMENTS = 'REPLICATE Issues WITH BatchSize=7; REPLICATE IssueComments WITH BatchSize=5; REPLICATE Projects;';
const PLACE = 'target';

describe.each([POSTGRES, MARIADB].filter(({ present }) => present))('two jobs into $name', ({ start }) => {
  let running: JobServer;
  let shop: Workshop;
  let second: Workshop;

  beforeAll(async () => {
    running = await start();
  });
  afterAll(() => running.close());

  beforeEach(async () => {
    shop = await Workshop.open({ seed: { projects: 2, issues: 60, commentsPerIssue: 1 } });
    second = await Workshop.open({
      seed: { projects: 2, issues: 45, commentsPerIssue: 1 },
      apiKey: 'key-of-the-second',
    });
    await running.createPlace(PLACE);
  });
  afterEach(async () => {
    await shop.close();
    await second.close();
    await running.dropPlace(PLACE);
  });

  function writeJob(of: Workshop, source: string, destination: Readonly<Record<string, string>> = {}): string {
    const { host, port, user } = running.server;
    const properties = { Server: host, Port: `${port}`, User: user, ...running.propertiesOf(PLACE), ...destination };
    const path = join(shop.folder, `${of === shop ? 'one' : 'two'}.xml`);
    of.writeJob(
      {
        DatabaseType: running.type,
        ConnectionString: `${of.connection}${source}`,
        DatabaseConnectionString: Object.entries(properties)
          .map(([name, value]) => `${name}=${value};`)
          .join(''),
      },
      path,
    );
    return path;
  }

  async function idsIn(table: string): Promise<readonly number[]> {
    const name = `${running.quote(PLACE)}.${running.quote(table)}`;
    const rows = await running.query(`SELECT ${running.quote('Id')} AS id FROM ${name} ORDER BY 1`);
    return rows.map(({ id }) => Number(id));
  }

  it.each([
    ['over one connection', {}],
    ['over two connections', { SslMode: 'disable' }],
  ])('load each its own account, %s', async (_, destination) => {
    shop.writeQueries(STATEMENTS);
    const jobs = [writeJob(shop, ''), writeJob(second, 'TableNamePrefix=B_;', destination)];
    const args = ['-g', jobs[0] ?? '', '-g', jobs[1] ?? '', '-f', shop.queries];
    for (let run = 0; run < 2; run++) {
      const { code, stdout, stderr } = await shop.run({ args });
      expect(code, stdout + stderr).toBe(0);
      expect(await idsIn('Issues')).toEqual(shop.issueIds());
      expect(await idsIn('B_Issues')).toEqual(second.issueIds());
      const { issues } = second.sandbox.world;
      const comments = second.issueIds().flatMap((id) => issues.history(id)?.comments ?? []);
      expect(new Set(await idsIn('B_IssueComments'))).toEqual(new Set(comments.map(({ id }) => id)));
    }
    const state = `${running.quote(PLACE)}.backlog_sync_state`;
    expect(await running.query(`SELECT destination FROM ${state}`)).toHaveLength(6);
  });
});
