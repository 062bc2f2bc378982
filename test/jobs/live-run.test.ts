import { expect, it, onTestFinished } from 'vitest';
import { FakeScreen } from './progress/fake-screen.ts';
import { Workshop } from './workshop.ts';

it('shows on a terminal what each statement is at, and why it waits', async () => {
  const shop = await Workshop.open({
    seed: { projects: 1, issues: 700, commentsPerIssue: 0 },
    budgets: { search: 4 },
    windowSeconds: 1,
  });
  onTestFinished(() => shop.close());
  shop.writeQueries('REPLICATE Issues; REPLICATE 課題 SELECT * FROM Issues WHERE StatusId = 4;');
  const screen = new FakeScreen(100, 24);
  const seen = new Set<string>();
  const terminal = Object.assign(screen, { isTTY: true });
  const paint = screen.write.bind(screen);
  screen.write = (text: string) => {
    paint(text);
    for (const line of screen.lines) seen.add(line);
  };

  const { code } = await shop.run({ stderr: terminal });

  expect(code).toBe(0);
  expect(screen.lines).toEqual([
    expect.stringMatching(/^Issues {2}700 rows · 8 requests · [\d,]+ rows\/s · done$/),
    expect.stringMatching(/^課題 {4}700 rows · 8 requests · [\d,]+ rows\/s · done$/),
  ]);
  expect([...seen].join('\n')).toMatch(/^Issues .* · waiting until \d\d:\d\d:\d\d \(rate limit\)$/m);
  expect([...seen]).toContainEqual(expect.stringContaining('Issues  not begun'));
});

it('tells nothing while it runs when it is to be quiet', async () => {
  const shop = await Workshop.open();
  onTestFinished(() => shop.close());
  shop.writeQueries('REPLICATE Projects');
  const { stdout, stderr } = await shop.run({ args: ['-g', shop.job, '-f', shop.queries, '--quiet'] });
  expect(stderr).toBe('');
  expect(stdout).toContain('Projects');
});
