import { describe, expect, it } from 'vitest';
import { type CommandLine, type Ended, parseCommandLine } from '../../src/jobs/command-line.ts';
import type { Language } from '../../src/runtime/text.ts';

function parse(args: string, language: Language = 'en') {
  const out: string[] = [];
  const problem: string[] = [];
  const output = {
    write: (text: string) => void out.push(text),
    writeProblem: (text: string) => void problem.push(text),
  };
  const command: CommandLine | Ended = parseCommandLine(args.split(' ').filter(Boolean), '1.2.3', language, output);
  return { command, out: out.join(''), problem: problem.join('') };
}

describe('the command line', () => {
  it('takes the two options of CData Sync', () => {
    expect(parse('-g job.xml -f queries.sql').command).toEqual({
      jobs: [{ job: 'job.xml', queries: 'queries.sql' }],
      json: false,
      dryRun: false,
      planFirst: false,
      reconcile: false,
      allowMassDeletion: false,
      level: 'info',
    });
  });

  it('needs no query file', () => {
    const { command } = parse('--job job.xml --json --verbose');
    expect(command).toMatchObject({ jobs: [{ job: 'job.xml' }], json: true, level: 'debug' });
    expect('jobs' in command && command.jobs).toStrictEqual([{ job: 'job.xml' }]);
    expect(parse('-g job.xml --quiet').command).toMatchObject({ level: 'warning' });
  });

  it('takes what concerns one run alone', () => {
    expect(parse('-g job.xml --dry-run').command).toMatchObject({ dryRun: true, reconcile: false });
    expect(parse('-g job.xml --plan-first').command).toMatchObject({ planFirst: true, dryRun: false });
    expect(parse('-g job.xml --reconcile --allow-mass-deletion').command).toMatchObject({
      dryRun: false,
      reconcile: true,
      allowMassDeletion: true,
    });
  });

  it.each([
    ['-g a -g b', [{ job: 'a' }, { job: 'b' }]],
    [
      '-g a -f q -g b',
      [
        { job: 'a', queries: 'q' },
        { job: 'b', queries: 'q' },
      ],
    ],
    [
      '-g a -f q -g b -f r',
      [
        { job: 'a', queries: 'q' },
        { job: 'b', queries: 'r' },
      ],
    ],
    [
      '-f q -f r --job a --job b',
      [
        { job: 'a', queries: 'q' },
        { job: 'b', queries: 'r' },
      ],
    ],
  ])('takes several jobs: %s', (args, jobs) => {
    expect(parse(args).command).toMatchObject({ jobs });
  });

  it.each([
    ['0', 0],
    ['1.5', 1.5],
  ])('takes %s hours for which lists may wait', (hours, mastersEveryHours) => {
    expect(parse(`-g job.xml --masters-every-hours ${hours}`).command).toMatchObject({ mastersEveryHours });
  });

  it('takes the days whose comments are read again', () => {
    expect(parse('-g job.xml --reread-comments-days 30').command).toMatchObject({ rereadCommentsDays: 30 });
  });

  it.each([
    ['-g a -f q -f r', '-g is given 1 times and -f 2 times'],
    ['-g a -g b -g c -f q -f r', 'one query file for all jobs, or one for each'],
    ['-g a --masters-every-hours soon', 'from 0 to 87600'],
    ['-g a --masters-every-hours -1', 'from 0 to 87600'],
    ['-g a --reread-comments-days often', 'from 0 to 3650'],
    ['', '--job'],
    ['-f queries.sql', '--job'],
    ['-g', 'argument missing'],
    ['-g a -x', '-x'],
    ['-g a surplus', 'too many arguments'],
    ['-g a --quiet --verbose', '--verbose'],
  ])('refuses %j with code 2, saying what is wrong', (args, said) => {
    const { command, problem, out } = parse(args);
    expect(command).toEqual({ exitCode: 2 });
    expect(problem).toContain(said);
    expect(problem).toMatch(/^backlog-sync: /);
    expect(out).toBe('');
  });

  it('tells its version and how it is used, in both languages', () => {
    expect(parse('--version')).toMatchObject({ command: { exitCode: 0 }, out: '1.2.3\n', problem: '' });
    const help = parse('--help');
    expect(help.command).toEqual({ exitCode: 0 });
    for (const word of ['-g, --job <file>', '-f, --queries <file>', '--json', '--quiet', '128+n']) {
      expect(help.out).toContain(word);
    }
    expect(parse('--help', 'ja').out).toContain('終了コード');
  });
});
