import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseConnectionString } from '../../src/replicate/connection-string.ts';
import { SourceText } from '../../src/replicate/source-text.ts';
import { ConfigurationError } from '../../src/runtime/errors.ts';

function parse(text: string): readonly (readonly [string, string])[] {
  return parseConnectionString(new SourceText('c.xml', text)).map(({ name, value }) => [name, value]);
}

function print(properties: readonly (readonly [string, string])[]): string {
  return properties.map(([name, value]) => `${name}=${printValue(value)};`).join('');
}

function printValue(value: string): string {
  if (value.length % 2 === 1) return `'${value.replaceAll("'", "''")}'`;
  return `"${value.replaceAll('"', '""')}"`;
}

describe('a connection string', () => {
  it.each([
    ['APIKey=my_api_key;URL=my.backlog.url;', ['APIKey', 'my_api_key'], ['URL', 'my.backlog.url']],
    ['ApiKey=k;Url=https://s.backlog.com', ['ApiKey', 'k'], ['Url', 'https://s.backlog.com']],
    ["ProfileSettings='APIKey=a;APISecret=b';", ['ProfileSettings', 'APIKey=a;APISecret=b']],
    ['ProfileSettings="APIKey=a";', ['ProfileSettings', 'APIKey=a']],
    [`A='it''s';B="say ""hi""";`, ['A', "it's"], ['B', 'say "hi"']],
    [`A="it's";B='say "hi"'`, ['A', "it's"], ['B', 'say "hi"']],
    [' Security Token = t ; Cache Location=\tC:\\x ;', ['Security Token', 't'], ['Cache Location', 'C:\\x']],
    ['A=;B=""; C=x', ['A', ''], ['B', ''], ['C', 'x']],
    ['A=b=c==;', ['A', 'b=c==']],
    [`A=it's;`, ['A', "it's"]],
    ['\n  A=1;\r\n  ;; B=2;\n', ['A', '1'], ['B', '2']],
    [''],
    [' ; '],
  ])('%s', (text, ...expected) => {
    expect(parse(text)).toStrictEqual(expected);
  });

  it.each([
    ['no-equals', 'c.xml:1:1', 'expected Name=Value'],
    ['A=1;secret', 'c.xml:1:5', 'expected Name=Value'],
    ['A=1;\n secret;B=2', 'c.xml:2:2', 'expected Name=Value'],
    ['=1', 'c.xml:1:1', 'expected Name=Value'],
    ["A='secret", 'c.xml:1:3', 'the quotation is never closed'],
    ["A='a' secret;", 'c.xml:1:7', 'expected ";" after the closing quotation mark'],
  ])('%s is refused with its place, but not shown', (text, path, message) => {
    const error = (() => {
      try {
        return parse(text);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error).toMatchObject({ path, message });
    expect(JSON.stringify(error)).not.toContain('secret');
  });

  it('reads back what is printed', () => {
    const name = fc.stringMatching(/^[A-Za-z][A-Za-z ]{0,8}[A-Za-z]$/);
    fc.assert(
      fc.property(fc.array(fc.tuple(name, fc.string({ unit: 'binary' }))), (properties) => {
        expect(parse(print(properties))).toStrictEqual(properties);
      }),
    );
  });
});
