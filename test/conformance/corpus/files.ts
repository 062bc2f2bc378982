import { createReadStream, existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { silentLogger } from '../../../src/runtime/log.ts';
import { type Incoming, readMessages } from '../../../src/singer/read-messages.ts';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../../..');

/** The message files of other projects, which lie beside the checkout; see CONTRIBUTING.md. */
const CORPUS_FOLDER = join(ROOT, '../shared/corpus');

export function hasCorpus(): boolean {
  if (existsSync(CORPUS_FOLDER)) return true;
  process.stderr.write(`skipped: the corpus of message files is not at ${CORPUS_FOLDER}\n`);
  return false;
}

/** As `folder/name`, without the ending. */
export function corpusFiles(folder: string): readonly string[] {
  const names = readdirSync(join(CORPUS_FOLDER, folder)).filter((name) => name.endsWith('.singer'));
  return names.map((name) => `${folder}/${name.slice(0, -'.singer'.length)}`).sort();
}

export async function corpusMessages(file: string): Promise<readonly Incoming[]> {
  const groups: Incoming[] = [];
  const input = createReadStream(join(CORPUS_FOLDER, `${file}.singer`));
  for await (const group of readMessages(input, silentLogger)) groups.push(...group);
  return groups;
}
