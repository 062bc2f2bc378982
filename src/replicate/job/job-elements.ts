import { ConfigurationError } from '../../runtime/errors.ts';
import type { Text } from '../../runtime/text.ts';
import { nearestNames } from '../names.ts';
import { SourceText } from '../source-text.ts';
import { parseXml, type XmlElement, type XmlRoot } from './xml-elements.ts';

export const JOB_KEYS = [
  'DatabaseType',
  'DatabaseProvider',
  'ConnectionString',
  'ReplicateAll',
  'NotificationUserName',
  'DatabaseConnectionString',
  'TaskSchedulerStartTime',
  'TaskSchedulerInterval',
] as const;

export type JobKey = (typeof JOB_KEYS)[number];

const ROOT = 'CDataSync';

/** The elements of one job file by key, whatever their order and case. */
export class JobElements {
  readonly path: string;
  /** One for each element that is not a key. */
  readonly notices: readonly Text[];
  private readonly root: XmlRoot;
  private readonly byKey = new Map<JobKey, XmlElement>();

  constructor(xml: string, path: string) {
    this.path = path;
    this.root = parseXml(xml, path);
    if (this.root.name.toLowerCase() !== ROOT.toLowerCase()) throw this.wrongRoot();
    this.notices = this.root.children.flatMap((element) => this.sort(element));
  }

  /** The text of the element and where it begins; undefined if it is missing or blank. */
  find(key: JobKey): SourceText | undefined {
    const element = this.byKey.get(key);
    if (element === undefined || element.text.trim() === '') return undefined;
    return new SourceText(this.path, element.text, element.textAt);
  }

  require(key: keyof typeof HINTS): SourceText {
    const found = this.find(key);
    if (found) return found;
    const { line, column } = this.byKey.get(key)?.at ?? this.root.at;
    throw new ConfigurationError({
      code: 'config.missing',
      text: { en: `<${key}> is missing or empty`, ja: `<${key}> がないか、空です` },
      hint: HINTS[key],
      path: `${this.path}:${line}:${column}`,
    });
  }

  private sort(element: XmlElement): readonly Text[] {
    const key = JOB_KEYS.find((candidate) => candidate.toLowerCase() === element.name.toLowerCase());
    if (key === undefined) return [this.unknown(element)];
    const first = this.byKey.get(key);
    if (first) throw this.repeated(key, first, element);
    this.byKey.set(key, element);
    return [];
  }

  private unknown({ name, at }: XmlElement): Text {
    const place = `${this.path}:${at.line}:${at.column}`;
    if (/^notification/i.test(name)) {
      return {
        en: `${place}: <${name}> is ignored; mail is set up in the options of backlog-sync`,
        ja: `${place}: <${name}> は無視します。メールの設定は backlog-sync のオプションで行います`,
      };
    }
    const nearest = nearestNames(name, JOB_KEYS)[0];
    return {
      en: `${place}: unknown element <${name}> is ignored${nearest === undefined ? '' : `; did you mean <${nearest}>?`}`,
      ja: `${place}: 不明な要素 <${name}> は無視します${nearest === undefined ? '' : `（候補: <${nearest}>）`}`,
    };
  }

  private repeated(key: JobKey, first: XmlElement, second: XmlElement): ConfigurationError {
    return new ConfigurationError({
      code: 'job-file.repeated',
      text: {
        en: `<${key}> stands here a second time (first in line ${first.at.line})`,
        ja: `<${key}> が二つあります（最初は ${first.at.line} 行目）`,
      },
      hint: {
        en: 'Remove one of them; several accounts or databases take several job files, each with its own -g.',
        ja: 'どちらかを削除してください。アカウントやデータベースが複数ある場合は、ジョブファイルを分けて -g をそれぞれ指定します。',
      },
      path: `${this.path}:${second.at.line}:${second.at.column}`,
    });
  }

  private wrongRoot(): ConfigurationError {
    const { name, at } = this.root;
    return new ConfigurationError({
      code: 'job-file.root',
      text: { en: `the root element is <${name}>`, ja: `ルート要素が <${name}> になっています` },
      hint: {
        en: `A job file looks like this: <${ROOT}> … </${ROOT}>`,
        ja: `ジョブファイルは <${ROOT}> … </${ROOT}> の形で書きます。`,
      },
      path: `${this.path}:${at.line}:${at.column}`,
    });
  }
}

const HINTS = {
  ConnectionString: {
    en: 'Add <ConnectionString>URL=https://yourspace.backlog.com;APIKey=…;</ConnectionString>',
    ja: '<ConnectionString>URL=https://yourspace.backlog.jp;APIKey=…;</ConnectionString> を追加してください。',
  },
  DatabaseConnectionString: {
    en: 'Add <DatabaseConnectionString>Data Source=backlog.db</DatabaseConnectionString>',
    ja: '<DatabaseConnectionString>Data Source=backlog.db</DatabaseConnectionString> を追加してください。',
  },
} as const satisfies Partial<Record<JobKey, Text>>;
