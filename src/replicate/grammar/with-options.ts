import type { ConfigurationError } from '../../runtime/errors.ts';
import type { Text } from '../../runtime/text.ts';
import { parseBoolean } from '../booleans.ts';
import { matchName } from '../names.ts';
import type { SourceText } from '../source-text.ts';
import type { OptionValue } from '../statement.ts';
import { KNOWN_OPTIONS, OPTION_SYNONYMS } from './known-options.ts';

/** Collects the options of one statement under their canonical names, with values of the type that each takes. */
export class OptionReader {
  private readonly source: SourceText;
  private readonly byName = new Map<string, OptionValue>();
  private readonly told: Text[] = [];

  constructor(source: SourceText) {
    this.source = source;
  }

  get values(): ReadonlyMap<string, OptionValue> {
    return this.byName;
  }

  get notices(): readonly Text[] {
    return this.told;
  }

  /** `offset` is where the option stands. A bare name reads as the value true. */
  read(typed: string, value: OptionValue, offset: number): void {
    const name = this.canonicalName(typed, offset);
    if (this.byName.has(name)) throw this.repeated(name, offset);
    const rule = KNOWN_OPTIONS[name];
    if (rule === undefined) return;
    if ('type' in rule) {
      this.byName.set(name, this.convert(name, rule.type, value, offset));
    } else if ('withoutEffect' in rule) {
      this.told.push(withoutEffect(name, this.source.placeOf(offset), rule.withoutEffect));
    } else if (parseBoolean(String(value)) !== false) {
      throw this.notSupported(name, rule.notSupported, offset);
    }
  }

  private canonicalName(typed: string, offset: number): string {
    const match = matchName(typed, [...Object.keys(KNOWN_OPTIONS), ...Object.keys(OPTION_SYNONYMS)]);
    if ('name' in match) return OPTION_SYNONYMS[match.name] ?? match.name;
    const offered = (match.nearest.length > 0 ? match.nearest : Object.keys(KNOWN_OPTIONS)).join(', ');
    throw this.source.errorAt(
      offset,
      'replicate.unknown-option',
      { en: `unknown option ${typed}`, ja: `${typed} というオプションはありません` },
      { en: `Did you mean: ${offered}?`, ja: `候補: ${offered}` },
    );
  }

  private convert(name: string, type: 'flag' | 'count' | 'text', value: OptionValue, offset: number): OptionValue {
    const converted = CONVERSIONS[type](value);
    if (converted !== undefined) return converted;
    const { en, ja } = WANTED[type];
    throw this.source.errorAt(
      offset,
      'replicate.option-value',
      { en: `option ${name} takes ${en}`, ja: `オプション ${name} には${ja}を指定します` },
      { en: `Write ${name}=${EXAMPLES[type]}.`, ja: `${name}=${EXAMPLES[type]} のように書いてください。` },
    );
  }

  private repeated(name: string, offset: number): ConfigurationError {
    return this.source.errorAt(
      offset,
      'replicate.repeated-option',
      { en: `option ${name} stands here twice`, ja: `オプション ${name} が二度指定されています` },
      { en: 'Remove one of them.', ja: 'どちらかを削除してください。' },
    );
  }

  private notSupported(name: string, hint: Text, offset: number): ConfigurationError {
    return this.source.errorAt(
      offset,
      'replicate.option-not-supported',
      { en: `option ${name} is not supported`, ja: `オプション ${name} には対応していません` },
      hint,
    );
  }
}

const CONVERSIONS: Readonly<Record<'flag' | 'count' | 'text', (value: OptionValue) => OptionValue | undefined>> = {
  flag: (value) => parseBoolean(String(value)),
  count: (value) => (/^\d{1,15}$/.test(String(value)) ? Number(value) : undefined),
  text: (value) => (value === true ? undefined : String(value)),
};

const WANTED: Readonly<Record<'flag' | 'count' | 'text', Text>> = {
  flag: { en: 'true or false', ja: ' true か false ' },
  count: { en: 'a whole number', ja: '整数' },
  text: { en: 'a value', ja: '値' },
};

const EXAMPLES = { flag: 'true', count: '1000', text: "'…'" } as const;

function withoutEffect(name: string, place: string, reason: Text): Text {
  return {
    en: `${place}: option ${name} has no effect: ${reason.en}`,
    ja: `${place}: オプション ${name} は効果がありません（${reason.ja}）`,
  };
}
