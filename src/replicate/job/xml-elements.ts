import { SaxesParser } from 'saxes';
import { ConfigurationError } from '../../runtime/errors.ts';
import type { Text } from '../../runtime/text.ts';
import { type Position, SourceText } from '../source-text.ts';

/** An element of the flat list in a job file. */
export interface XmlElement {
  readonly name: string;
  /** Entities decoded, CDATA included, outer blanks kept. */
  readonly text: string;
  /** Of the opening tag's first character. */
  readonly at: Position;
  /** Where the text begins, just behind the opening tag. */
  readonly textAt: Position;
}

export interface XmlRoot {
  readonly name: string;
  readonly at: Position;
  readonly children: readonly XmlElement[];
}

interface OpenElement {
  readonly name: string;
  readonly at: Position;
  readonly textAt: Position;
  text: string;
}

/**
 * The root element and its children, which hold text alone. Strict: what is not well-formed is refused with its place.
 * Only a byte-order mark and blanks before the XML declaration are forgiven, because editors and heredocs leave them.
 */
export function parseXml(xml: string, path: string): XmlRoot {
  const lead = /^[\uFEFF\s]*(?=<)/.exec(xml)?.[0].length ?? 0;
  const source = new SourceText(path, xml.startsWith('\uFEFF') ? xml.slice(1) : xml);
  const cut = xml.startsWith('\uFEFF') ? Math.max(0, lead - 1) : lead;
  return new ElementReader(source, cut).read();
}

class ElementReader {
  private readonly source: SourceText;
  private readonly cut: number;
  private readonly parser = new SaxesParser({ position: true });
  private readonly children: XmlElement[] = [];
  private root: OpenElement | undefined;
  private open: OpenElement | undefined;
  private tagStart = 0;

  /** `cut` characters of the source are not shown to the parser. */
  constructor(source: SourceText, cut: number) {
    this.source = source;
    this.cut = cut;
  }

  read(): XmlRoot {
    const { parser } = this;
    parser.on('error', (error) => {
      throw this.malformed(error);
    });
    parser.on('opentagstart', (tag) => {
      this.tagStart = this.offset - tag.name.length - 2;
    });
    parser.on('opentag', (tag) => this.openElement(tag.name));
    parser.on('closetag', () => this.closeElement());
    parser.on('text', (text) => this.addText(text));
    parser.on('cdata', (text) => this.addText(text));
    parser.write(this.source.text.slice(this.cut)).close();
    if (this.root === undefined) throw this.malformed(new Error('no root element'));
    return { name: this.root.name, at: this.root.at, children: this.children };
  }

  private get offset(): number {
    return this.cut + this.parser.position;
  }

  private openElement(name: string): void {
    const { source } = this;
    const element = { name, at: source.positionAt(this.tagStart), textAt: source.positionAt(this.offset), text: '' };
    if (this.open !== undefined) throw this.nested(this.open, element);
    if (this.root === undefined) this.root = element;
    else this.open = element;
  }

  private closeElement(): void {
    if (this.open !== undefined) this.children.push(this.open);
    this.open = undefined;
  }

  private addText(text: string): void {
    if (this.open !== undefined) this.open.text += text;
    else if (this.root !== undefined && text.trim() !== '') throw this.strayText();
  }

  private malformed(error: Error): ConfigurationError {
    const reason = error.message.replace(/^[^ ]*\d+:\d+: /, '').replace(/\.$/, '');
    return new ConfigurationError({
      code: 'job-file.malformed',
      text: { en: `this is not well-formed XML: ${reason}`, ja: `XML として正しくありません (${reason})` },
      hint: MALFORMED_HINT,
      path: this.source.placeOf(Math.max(0, this.offset - 1)),
    });
  }

  private nested(outer: OpenElement, inner: OpenElement): ConfigurationError {
    return new ConfigurationError({
      code: 'job-file.nested',
      text: {
        en: `<${inner.name}> stands inside <${outer.name}>`,
        ja: `<${outer.name}> の中に <${inner.name}> があります`,
      },
      hint: {
        en: `Close <${outer.name}> first: the elements of a job file hold text only.`,
        ja: `先に <${outer.name}> を閉じてください。ジョブファイルの要素には文字列だけを書けます。`,
      },
      path: `${this.source.path}:${inner.at.line}:${inner.at.column}`,
    });
  }

  private strayText(): ConfigurationError {
    return new ConfigurationError({
      code: 'job-file.stray-text',
      text: { en: 'there is text outside of any element', ja: '要素の外に文字列があります' },
      hint: {
        en: 'Put it into an element, or into a comment <!-- … -->.',
        ja: '要素の中か、コメント <!-- … --> の中に書いてください。',
      },
      path: this.source.placeOf(Math.max(0, this.offset - 1)),
    });
  }
}

const MALFORMED_HINT: Text = {
  en: 'Close every tag, and write &amp; for & and &lt; for < inside values.',
  ja: 'すべてのタグを閉じ、値の中の & は &amp;、< は &lt; と書いてください。',
};
