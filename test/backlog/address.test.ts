import { expect, test } from 'vitest';
import { parseAddress } from '../../src/backlog/address.ts';
import { ConfigurationError } from '../../src/runtime/errors.ts';

test.each([
  ['acme.backlog.jp', 'https://acme.backlog.jp', 'acme.backlog.jp', false],
  ['acme.backlog.com', 'https://acme.backlog.com', 'acme.backlog.com', false],
  ['acme.backlogtool.com', 'https://acme.backlogtool.com', 'acme.backlogtool.com', false],
  [' https://Acme.Backlog.com/ ', 'https://acme.backlog.com', 'acme.backlog.com', false],
  ['https://acme.backlog.com/api/v2', 'https://acme.backlog.com', 'acme.backlog.com', false],
  ['acme.backlog.jp/api/v2/', 'https://acme.backlog.jp', 'acme.backlog.jp', false],
  ['backlog.example.co.jp:8443', 'https://backlog.example.co.jp:8443', 'backlog.example.co.jp:8443', false],
  ['HTTPS://acme.backlog.jp', 'https://acme.backlog.jp', 'acme.backlog.jp', false],
  ['127.0.0.1:3000', 'http://127.0.0.1:3000', '127.0.0.1:3000', true],
  ['localhost:3000', 'http://localhost:3000', 'localhost:3000', true],
  ['[::1]:3000', 'http://[::1]:3000', '[::1]:3000', true],
  ['localhost', 'https://localhost', 'localhost', true],
  ['http://127.9.8.7:3000/api/v2', 'http://127.9.8.7:3000', '127.9.8.7:3000', true],
  ['http://localhost', 'http://localhost', 'localhost', true],
  ['https://localhost:3000', 'https://localhost:3000', 'localhost:3000', true],
])('%s is %s', (text, origin, host, loopback) => {
  expect(parseAddress(text)).toEqual({ origin, host, loopback });
});

test.each([
  ['', 'backlog.bad-address'],
  ['https://', 'backlog.bad-address'],
  ['two words', 'backlog.bad-address'],
  ['acme.backlog.jp/projects/X', 'backlog.bad-address'],
  ['acme.backlog.jp?apiKey=secret', 'backlog.bad-address'],
  ['https://user:secret@acme.backlog.jp', 'backlog.bad-address'],
  ['http://acme.backlog.jp', 'backlog.insecure-address'],
  ['http://localhost.example.com', 'backlog.insecure-address'],
  ['http://127.0.0.1.example.com', 'backlog.insecure-address'],
  ['ftp://localhost', 'backlog.insecure-address'],
])('"%s" is refused: %s', (text, code) => {
  const refused = () => parseAddress(text);
  expect(refused).toThrow(ConfigurationError);
  expect(refused).toThrow(expect.objectContaining({ code, hint: expect.anything() }));
  expect(refused).not.toThrow('secret');
});
