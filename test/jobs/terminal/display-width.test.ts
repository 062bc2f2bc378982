import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutTo, displayWidth, padTo } from '../../../src/jobs/terminal/display-width.ts';

const anyText = fc.string({
  unit: fc.constantFrom('a', ' ', '課', 'ｶ', 'ガ', '🚀', '👨‍👩‍👧', '𠮷', 'e\u0301', '한', '！'),
});

describe('displayWidth', () => {
  it.each([
    ['Issues', 6],
    ['課題', 4],
    ['ｶﾅ', 2],
    ['ＡＢ', 4],
    ['プロジェクト（本番）', 20],
    ['한국', 4],
    ['𠮷野家', 6],
    ['🚀', 2],
    ['👨‍👩‍👧', 2],
    ['❤️', 2],
    ['e\u0301', 1],
    ['\u200b', 0],
    ['…·─', 3],
    ['', 0],
  ])('counts the columns of %j', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});

describe('padTo', () => {
  it('fills up to a number of columns, not of characters', () => {
    expect(padTo('課題', 6, 'left')).toBe('課題  ');
    expect(padTo('12', 6, 'right')).toBe('    12');
    expect(padTo('too long', 3, 'left')).toBe('too long');
  });
});

describe('cutTo', () => {
  it('leaves what fits and marks what it cuts', () => {
    expect(cutTo('課題', 4)).toBe('課題');
    expect(cutTo('課題の一覧', 6)).toBe('課題…');
    expect(cutTo('abc', 0)).toBe('');
  });

  it('never exceeds the width, whatever the script', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 0, max: 20 }), (text, width) => {
        const cut = cutTo(text, width);
        expect(displayWidth(cut)).toBeLessThanOrEqual(width);
        expect(text.startsWith(cut.replace(/…$/, ''))).toBe(true);
      }),
    );
  });
});
