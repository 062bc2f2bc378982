import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchName, nearestNames, pascalName, snakeName } from '../../src/replicate/names.ts';

describe('names', () => {
  it.each([
    ['issue_comment_change_log', 'IssueCommentChangeLog'],
    ['licenses', 'Licenses'],
    ['space', 'Space'],
    ['user_recent_updates', 'UserRecentUpdates'],
    ['created_user_mail_address', 'CreatedUserMailAddress'],
    ['git_lfs', 'GitLFS'],
    ['level_2_name', 'Level_2Name'],
    ['優先度', '優先度'],
  ])('%s is %s in CData’s spelling', (snake, pascal) => {
    expect(pascalName(snake)).toBe(pascal);
  });

  it('convert back to what they were', () => {
    const part = fc.stringMatching(/^[a-z][a-z0-9]{0,6}$/);
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), (parts) => {
        const snake = parts.join('_');
        expect(snakeName(pascalName(snake))).toBe(snake);
      }),
    );
    expect(snakeName('GitLFS')).toBe('git_lfs');
  });
});

describe('matching', () => {
  const tables = ['Issues', 'IssueComments', 'IssueCommentStars', 'Projects', 'ProjectUsers', 'Users'];

  it.each(['Issues', 'issues', 'ISSUES', 'is_sues', '[Issues]'])('finds Issues by %s', (typed) => {
    expect(matchName(typed, tables)).toStrictEqual({ name: 'Issues' });
  });

  it('prefers the candidate that is written the same', () => {
    expect(matchName('a_b', ['AB', 'ab', 'A_B', 'a_b'])).toStrictEqual({ name: 'a_b' });
    expect(matchName('a_b', ['AB', 'ab', 'A_B'])).toStrictEqual({ name: 'A_B' });
  });

  it.each([
    ['Isues', ['Issues']],
    ['Isseus', ['Issues']],
    ['IssueComment', ['IssueComments', 'IssueCommentStars']],
    ['Usres', ['Users']],
    ['Comments', ['IssueComments', 'IssueCommentStars']],
    ['Weather', []],
  ])('answers %s with the nearest names', (typed, nearest) => {
    expect(matchName(typed, tables)).toStrictEqual({ nearest });
  });

  it('offers three names at most', () => {
    expect(nearestNames('name', ['name1', 'name2', 'name3', 'name4'])).toHaveLength(3);
  });
});
