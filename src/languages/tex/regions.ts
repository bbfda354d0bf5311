/** The regions of a TeX document: one pass over its text. */
import type { Span } from '../../model';
import type { CodeRegion, CommentRegion, MathRegion, Regions } from '../regions';
import { findMacros, type MacroDefinition } from './macros';
import { texTables } from './tables';

/** Another file that the document reads. */
export interface Inclusion extends Span {
  readonly kind: 'input' | 'package';
  /** As written: usually without an extension. */
  readonly path: string;
}

export interface TexRegions extends Regions {
  readonly macros: readonly MacroDefinition[];
  readonly inclusions: readonly Inclusion[];
}

const MATH =
  /^(?:equation|align|alignat|flalign|xalignat|gather|multline|eqnarray|displaymath|math|dmath|dgroup|IEEEeqnarray)\*?$/;
const VERBATIM = /^(?:verbatim|Verbatim|lstlisting|minted|comment|filecontents)\*?$/;
const QUOTE = /^(?:quote|quotation|displayquote|verse)$/;

export function readTex(text: string): TexRegions {
  return new Scanner(text).scan();
}

class Scanner {
  private readonly math: MathRegion[] = [];
  private readonly code: CodeRegion[] = [];
  private readonly comments: CommentRegion[] = [];
  private readonly inclusions: Inclusion[] = [];
  private readonly macros: MacroDefinition[] = [];
  private readonly headings: number[] = [];
  private quotes = 0;
  private at = 0;

  constructor(private readonly text: string) {}

  scan(): TexRegions {
    const special = /[\\$%]/g;
    while (this.at < this.text.length) {
      special.lastIndex = this.at;
      const next = special.exec(this.text);
      if (!next) break;
      this.at = next.index;
      if (next[0] === '%') this.comment();
      else if (next[0] === '$') this.dollar();
      else this.command();
    }
    const { math, code, comments, inclusions, macros, headings } = this;
    const tables = texTables(this.text, math, comments, code);
    return { math, code, comments, tables, headings, macros, inclusions };
  }

  private comment(): void {
    const from = this.at;
    const newline = this.text.indexOf('\n', from);
    const to = newline < 0 ? this.text.length : newline;
    this.comments.push({ from, to, content: { from: from + 1, to } });
    this.at = Math.min(to + 1, this.text.length);
  }

  private dollar(): void {
    const display = this.text[this.at + 1] === '$';
    const mark = display ? '$$' : '$';
    const content = this.at + mark.length;
    const close = this.find(mark, content);
    if (close === undefined) {
      // Unclosed: a formula that is being typed goes to the end of its paragraph when it is a display.
      if (display) this.open(content);
      else this.at = content;
    } else this.add(this.at, content, close, close + mark.length, display);
  }

  private add(from: number, contentFrom: number, contentTo: number, to: number, display: boolean): void {
    const content = this.withoutDefinitions(contentFrom, contentTo);
    this.math.push({ from, to, content, display, quoted: this.quotes > 0 });
    this.at = to;
  }

  private open(contentFrom: number): void {
    const end = this.paragraphEnd(contentFrom);
    this.add(this.at, contentFrom, end, end, true);
  }

  /** A formula may define macros; they are not part of it. */
  private withoutDefinitions(from: number, to: number): Span[] {
    const definitions = findMacros(this.text, from, to);
    this.macros.push(...definitions);
    const ranges: Span[] = [];
    let start = from;
    for (const { span } of definitions) {
      if (span.from > start) ranges.push({ from: start, to: span.from });
      start = span.to;
    }
    if (start < to || ranges.length === 0) ranges.push({ from: start, to });
    return ranges;
  }

  private paragraphEnd(from: number): number {
    const blank = /\n[ \t]*\n/g;
    blank.lastIndex = from;
    return blank.exec(this.text)?.index ?? this.text.length;
  }

  /** Index of a closing mark in the same paragraph, outside comments. */
  private find(close: string, from: number): number | undefined {
    const end = this.paragraphEnd(from);
    for (let i = from; i < end; i++) {
      if (this.text.startsWith(close, i)) return i;
      const c = this.text[i];
      if (c === '\\') i++;
      else if (c === '%') {
        const newline = this.text.indexOf('\n', i);
        if (newline < 0) return undefined;
        i = newline;
      }
    }
    return undefined;
  }

  private command(): void {
    const from = this.at;
    const name = /^\\([a-zA-Z]+)\*?/.exec(this.text.slice(from, from + 40))?.[1];
    if (name === undefined) {
      const next = this.text[from + 1];
      if (next === '(' || next === '[') this.bracket(next);
      else this.at = from + 2;
      return;
    }
    switch (name) {
      case 'verb':
      case 'lstinline':
        this.verb(name);
        break;
      case 'begin':
        this.environment();
        break;
      case 'end':
        this.at = from + 4;
        if (QUOTE.test(this.braced(this.at)?.text ?? '')) this.quotes = Math.max(0, this.quotes - 1);
        break;
      case 'input':
      case 'include':
      case 'subfile':
      case 'usepackage':
      case 'RequirePackage':
        this.inclusion(name);
        break;
      case 'newcommand':
      case 'renewcommand':
      case 'providecommand':
      case 'DeclareRobustCommand':
      case 'DeclareMathOperator':
      case 'DeclarePairedDelimiter':
      case 'NewDocumentCommand':
      case 'RenewDocumentCommand':
      case 'def':
      case 'gdef':
        this.definition();
        break;
      case 'part':
      case 'chapter':
      case 'section':
      case 'subsection':
      case 'subsubsection':
      case 'paragraph':
        this.headings.push(from);
        this.at = from + 1 + name.length;
        break;
      default:
        this.at = from + 1 + name.length;
    }
  }

  private definition(): void {
    const [definition] = findMacros(this.text, this.at, Math.min(this.text.length, this.at + 4_000));
    if (definition && definition.span.from === this.at) {
      this.macros.push(definition);
      this.at = definition.span.to;
    } else this.at += 4;
  }

  private bracket(open: '(' | '['): void {
    const close = this.find(open === '(' ? '\\)' : '\\]', this.at + 2);
    if (close !== undefined) this.add(this.at, this.at + 2, close, close + 2, open === '[');
    else if (open === '[') this.open(this.at + 2);
    else this.at += 2;
  }

  private verb(name: string): void {
    const mark = /^\*?([^a-zA-Z\s*])/.exec(this.text.slice(this.at + name.length + 1, this.at + name.length + 4));
    const start = this.at + name.length + 1 + (mark?.[0].length ?? 0);
    const close = mark ? this.text.indexOf(mark[1] === '{' ? '}' : (mark[1] as string), start) : -1;
    this.at = close < 0 ? start : close + 1;
  }

  private environment(): void {
    const from = this.at;
    const argument = this.braced(from + 6);
    const name = argument?.text.trim() ?? '';
    const after = argument?.to ?? from + 6;
    if (QUOTE.test(name)) this.quotes++;
    const end = `\\end{${name}}`;
    if (VERBATIM.test(name)) {
      const close = this.text.indexOf(end, after);
      this.addCode(name, from, after, close < 0 ? this.text.length : close);
      this.at = close < 0 ? this.text.length : close + end.length;
    } else if (MATH.test(name)) {
      const close = this.closing(end, after);
      const to = close === undefined ? this.paragraphEnd(after) : close + end.length;
      this.add(from, from, to, to, true);
    } else this.at = after;
  }

  /** Unlike the other marks an environment may span blank lines, but not another `\begin{document}` or section. */
  private closing(end: string, from: number): number | undefined {
    const close = this.text.indexOf(end, from);
    if (close < 0) return undefined;
    return /\\(?:sub)*section\b|\\begin\{(?:equation|align|gather|multline)\*?\}/.test(this.text.slice(from, close))
      ? undefined
      : close;
  }

  private addCode(name: string, from: number, after: number, to: number): void {
    const options = /^\s*(?:\[([^\]]*)\])?(?:\{([^{}]*)\})?/.exec(this.text.slice(after, Math.min(to, after + 300)));
    const listing = name.startsWith('lst') || name.startsWith('minted');
    const language = listing
      ? (/language\s*=\s*\{?(\w+)/.exec(options?.[1] ?? '')?.[1] ??
        (name.startsWith('minted') ? options?.[2] : '') ??
        '')
      : '';
    const start = after + (listing ? (options?.[0].length ?? 0) : 0);
    this.code.push({
      from,
      to,
      content: [{ from: start, to }],
      language: language.toLowerCase(),
      looksLikePython: false,
    });
  }

  private inclusion(name: string): void {
    const from = this.at;
    let at = from + 1 + name.length;
    const option = /^\s*\[[^\]]*\]/.exec(this.text.slice(at, at + 200));
    if (option) at += option[0].length;
    const argument = this.braced(at);
    this.at = argument?.to ?? at;
    if (!argument) return;
    const kind = name === 'usepackage' || name === 'RequirePackage' ? 'package' : 'input';
    for (const path of kind === 'package' ? argument.text.split(',') : [argument.text])
      if (path.trim() !== '') this.inclusions.push({ kind, path: path.trim(), from, to: argument.to });
  }

  private braced(at: number): { readonly text: string; readonly to: number } | undefined {
    const match = /^\s*\{([^{}]*)\}/.exec(this.text.slice(at, at + 400));
    return match ? { text: match[1] as string, to: at + match[0].length } : undefined;
  }
}
