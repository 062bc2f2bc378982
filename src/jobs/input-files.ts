import { readFile } from 'node:fs/promises';
import { ConfigurationError } from '../runtime/errors.ts';
import type { Text } from '../runtime/text.ts';

/** The text of a file that the user named: UTF-8, or UTF-16 with its mark. @throws ConfigurationError `job.file-unreadable` */
export async function readInputFile(path: string, what: Text): Promise<string> {
  try {
    const bytes = await readFile(path);
    const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw unreadable(path, what, cause);
  }
}

function unreadable(path: string, what: Text, cause: unknown): ConfigurationError {
  const { en, ja } = reasonOf(cause);
  return new ConfigurationError({
    code: 'job.file-unreadable',
    text: { en: `This ${what.en} cannot be read: ${en}.`, ja: `この${what.ja}を読み込めません: ${ja}。` },
    hint: {
      en: 'Check the path, your rights to the file, and that it is saved as UTF-8.',
      ja: 'パス、ファイルの読み取り権限、UTF-8 で保存されていることを確認してください。',
    },
    path,
    cause,
  });
}

const REASONS: Readonly<Record<string, Text>> = {
  ENOENT: { en: 'there is no such file', ja: 'ファイルがありません' },
  EACCES: { en: 'you have no right to read it', ja: '読み取る権限がありません' },
  EISDIR: { en: 'it is a folder', ja: 'フォルダーです' },
  ERR_ENCODING_INVALID_ENCODED_DATA: { en: 'it is not UTF-8', ja: 'UTF-8 ではありません' },
};

function reasonOf(cause: unknown): Text {
  const { code = '' } = cause as NodeJS.ErrnoException;
  return REASONS[code] ?? { en: code, ja: code };
}
