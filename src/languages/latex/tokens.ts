/** Splits the text of a formula into tokens with exact offsets. Never throws; comments and mere spacing vanish. */
import type { Span } from '../../model';
import { SPACING, SUBSCRIPTS, SUPERSCRIPTS, TEXTS, UNICODE, WITHOUT_MEANING } from './vocabulary';

export type TokenKind =
  /** `text` is the digits; see `value`. */
  | 'number'
  | 'letter'
  /** `text` is the name without the backslash. */
  | 'command'
  /** A word or phrase from `\text{…}` and its relatives. */
  | 'text'
  /** `\begin` and `\end`; `text` is the environment. */
  | 'begin'
  | 'end'
  /** `\\`. */
  | 'newline'
  /** `\quad`, `\qquad`. */
  | 'quad'
  /** `&` between columns. */
  | 'column'
  /** `\left.` and `\right.`. */
  | 'null'
  /** `#1` in the body of a macro; `text` is the digit. */
  | 'parameter'
  /** Any other character, or an escaped one: `\{`, `\|`. */
  | 'mark';

export interface Token extends Span {
  readonly kind: TokenKind;
  readonly text: string;
  /** Of a number. */
  readonly value?: number;
  /** Of a delimiter after `\left`, `\right` and their relatives. */
  readonly side?: 'left' | 'right';
  /** A number written in a form that has a second reading. */
  readonly form?: 'scientific' | 'thousands';
  /** An alignment mark `&` stands before it. */
  readonly aligned?: true;
}

/** Environments whose `&` mark alignment; in those of `COLUMNS` every second one parts columns of statements. */
const COLUMNS = /^(aligned|align|split|flalign|alignat|alignedat|xalignat|IEEEeqnarray)\*?$/;
const ALIGNED = /^(gather|gathered|eqnarray|multline|multlined|equation|displaymath|math|dmath|dgroup)\*?$/;

/** Whether an environment holds statements, one or more a row (rather than the cells of a matrix). */
export function holdsStatements(environment: string): boolean {
  return COLUMNS.test(environment) || ALIGNED.test(environment);
}

/** Commands whose unbraced arguments are single digits: `\frac12`. */
const DIGIT_ARGUMENTS = new Map([
  ['frac', 2],
  ['dfrac', 2],
  ['tfrac', 2],
  ['cfrac', 2],
  ['binom', 2],
  ['sqrt', 1],
]);

const enum Char {
  Tab = 9,
  Newline = 10,
  Space = 32,
  Hash = 35,
  Dollar = 36,
  Percent = 37,
  Ampersand = 38,
  Star = 42,
  Dot = 46,
  Zero = 48,
  Nine = 57,
  Backslash = 92,
  OpenBracket = 91,
  CloseBracket = 93,
  OpenBrace = 123,
  CloseBrace = 125,
  Tilde = 126,
  NoBreakSpace = 0xa0,
}

const isDigit = (c: number) => c >= Char.Zero && c <= Char.Nine;
const isLetter = (c: number) => (c >= 65 && c <= 90) || (c >= 97 && c <= 122);

/**
 * Tokens of the given ranges of a document, in order. Several ranges are one formula whose lines are apart,
 * as in a quoted block of Markdown.
 */
export function tokenize(text: string, ranges: readonly Span[] = [{ from: 0, to: text.length }]): Token[] {
  const scanner = new Scanner(text);
  for (const range of ranges) scanner.scan(range.from, range.to);
  return scanner.tokens;
}

class Scanner {
  readonly tokens: Token[] = [];
  private at = 0;
  private end = 0;
  private side: 'left' | 'right' | undefined;
  /** Where the command stands that sizes the delimiter to come: it belongs to its range. */
  private sizedFrom: number | undefined;
  private aligned = false;
  /** How many arguments of single digits the last command still awaits, by open brace. */
  private digits: number[] = [0];
  /** Open environments with the count of `&` in the current row. */
  private readonly environments: { readonly name: string; columns: number }[] = [];

  constructor(private readonly text: string) {}

  scan(from: number, to: number): void {
    this.at = from;
    this.end = Math.min(to, this.text.length);
    while (this.at < this.end) this.next();
  }

  private code(i = this.at): number {
    return i < this.end ? this.text.charCodeAt(i) : -1;
  }

  private push(kind: TokenKind, text: string, at: number, to: number, extra?: Partial<Token>): void {
    const { side, aligned } = this;
    const from = this.sizedFrom ?? at;
    this.side = undefined;
    this.sizedFrom = undefined;
    this.aligned = false;
    const flags = {
      ...(side ? { side } : undefined),
      ...(aligned ? { aligned } : undefined),
    } as const;
    this.tokens.push({ kind, text, from, to, ...flags, ...extra });
    this.at = to;
    const depth = this.digits.length - 1;
    if ((this.digits[depth] as number) > 0 && kind !== 'mark') this.digits[depth]!--;
  }

  private next(): void {
    const c = this.code();
    if (c <= Char.Space || c === Char.Tilde || c === Char.NoBreakSpace) this.at++;
    else if (c === Char.Percent) this.comment();
    else if (c === Char.Backslash) this.escape();
    else if (isDigit(c) || (c === Char.Dot && isDigit(this.code(this.at + 1)))) this.number();
    else if (isLetter(c)) this.push('letter', this.text[this.at] as string, this.at, this.at + 1);
    else if (c === Char.Ampersand) this.ampersand();
    else if (c === Char.Hash && isDigit(this.code(this.at + 1)))
      this.push('parameter', this.text[this.at + 1] as string, this.at, this.at + 2);
    else if (c < 128) this.mark(c);
    else this.unicode();
  }

  private comment(): void {
    const newline = this.text.indexOf('\n', this.at);
    this.at = newline < 0 || newline > this.end ? this.end : newline + 1;
  }

  private mark(c: number): void {
    if (c === Char.Dot && this.text.startsWith('...', this.at) && this.at + 3 <= this.end) {
      this.push('command', 'dots', this.at, this.at + 3);
      return;
    }
    if (c === Char.OpenBrace) this.digits.push(0);
    else if (c === Char.CloseBrace && this.digits.length > 1) {
      this.digits.pop();
      const depth = this.digits.length - 1;
      if ((this.digits[depth] as number) > 0) this.digits[depth]!--;
    }
    this.push('mark', this.text[this.at] as string, this.at, this.at + 1);
  }

  private unicode(): void {
    const from = this.at;
    const char = String.fromCodePoint(this.text.codePointAt(from) as number);
    const to = Math.min(from + char.length, this.end);
    const command = UNICODE.get(char);
    const sup = SUPERSCRIPTS.indexOf(char);
    const sub = SUBSCRIPTS.indexOf(char);
    if (command) this.push('command', command, from, to);
    else if (sup >= 0 || sub >= 0) {
      const digits = sup >= 0 ? SUPERSCRIPTS : SUBSCRIPTS;
      let last = from;
      let value = '';
      while (last < this.end && digits.includes(this.text[last] as string))
        value += digits.indexOf(this.text[last++] as string);
      this.push('mark', sup >= 0 ? '^' : '_', from, last);
      this.push('number', value, from, last, { value: Number(value) });
    } else if (char === '−' || char === '–') this.push('mark', '-', from, to);
    else if (/\p{L}/u.test(char)) this.push('letter', char, from, to);
    else if (/\s/.test(char)) this.at = to;
    else this.push('mark', char, from, to);
  }

  /** `1.5`, `.5`, `1{,}000`, `10\,000`, `1e-4`; a single digit where TeX takes one: `x^23`, `\frac12`. */
  private number(): void {
    const from = this.at;
    const previous = this.tokens[this.tokens.length - 1];
    const script = previous?.kind === 'mark' && (previous.text === '^' || previous.text === '_');
    if (script || (this.digits[this.digits.length - 1] as number) > 0) {
      const digit = this.text[from] as string;
      if (digit !== '.') {
        this.push('number', digit, from, from + 1, { value: Number(digit) });
        return;
      }
    }
    let to = this.digitsFrom(from);
    // 10\,000, as the standards have it.
    const spaced = /^(?:(?:\\,|~|\{ \}|\\ )\d{3})+(?!\d)/.exec(this.text.slice(to, Math.min(to + 60, this.end)))?.[0];
    if (spaced && /^[1-9]\d{0,2}$/.test(this.text.slice(from, to))) {
      to = this.fraction(to + spaced.length);
      const digits = this.text.slice(from, to).replace(/[^\d.]/g, '');
      this.push('number', digits, from, to, { value: Number(digits), form: 'thousands' });
      return;
    }
    let groups = '';
    while (this.text.startsWith('{,}', to) && isDigit(this.code(to + 3))) {
      const next = this.digitsFrom(to + 3);
      groups += `,${this.text.slice(to + 3, next)}`;
      to = next;
    }
    const whole = this.text.slice(from, groups ? from + (to - from - groups.length - 2 * commas(groups)) : to);
    const thousands = /^(,\d{3})+$/.test(groups) && /^[1-9]\d{0,2}$/.test(whole);
    if (!groups || thousands) to = this.fraction(to);
    let digits = this.text.slice(from, to).replaceAll('{,}', thousands || !groups ? '' : '.');
    // 1e-4, as it is typed in prose about programs.
    const behind = this.text.slice(to, Math.min(to + 8, this.end));
    const exponent = groups ? undefined : /^[eE](?:[+-]?\d+|\{[+-]?\d+\})/.exec(behind)?.[0];
    if (exponent && !isLetter(this.code(to + exponent.length))) {
      digits += exponent.replace(/[{}]/g, '');
      to += exponent.length;
      this.push('number', digits, from, to, { value: Number(digits), form: 'scientific' });
    } else
      this.push('number', digits, from, to, {
        value: Number(digits),
        ...(thousands ? { form: 'thousands' } : {}),
      });
  }

  private digitsFrom(i: number): number {
    while (isDigit(this.code(i))) i++;
    return i;
  }

  private fraction(i: number): number {
    return this.code(i) === Char.Dot && isDigit(this.code(i + 1)) ? this.digitsFrom(i + 1) : i;
  }

  private ampersand(): void {
    const environment = this.environments[this.environments.length - 1];
    if (
      environment &&
      (ALIGNED.test(environment.name) || (COLUMNS.test(environment.name) && environment.columns++ % 2 === 0))
    ) {
      this.aligned = true;
      this.at++;
    } else this.push('column', '&', this.at, this.at + 1);
  }

  /** Anything after a backslash. */
  private escape(): void {
    const from = this.at;
    if (isLetter(this.code(from + 1))) {
      this.command(from);
      return;
    }
    const c = this.code(from + 1);
    const char = c < 0 ? '' : (this.text[from + 1] as string);
    const point = char === ',' ? LOW_POINT.exec(this.text.slice(from, Math.min(from + 20, this.end))) : null;
    if (point) {
      const at = from + point[0].indexOf('.');
      this.push('command', 'cdot', at, at + 1);
      this.at = from + point[0].length;
    } else if (char === '\\') this.lineBreak(from);
    else if (',;!:> /'.includes(char) || c === Char.Newline || c === Char.Tab)
      this.at = from + Math.min(2, char.length + 1);
    else this.push('mark', `\\${char}`, from, from + 1 + char.length);
  }

  /** `\\`, `\\*`, `\\[2pt]`. */
  private lineBreak(from: number): void {
    let to = from + 2;
    if (this.code(to) === Char.Star) to++;
    const skip = /^\[[^\]\n]{0,12}\]/.exec(this.text.slice(to, Math.min(to + 16, this.end)))?.[0];
    if (skip && /[\d.]+\s*(pt|em|ex|mm|cm|in|mu)\s*\]$/.test(skip)) to += skip.length;
    const environment = this.environments[this.environments.length - 1];
    if (environment) environment.columns = 0;
    this.push('newline', '\\\\', from, to);
  }

  private command(from: number): void {
    let to = from + 1;
    while (isLetter(this.code(to))) to++;
    if (this.code(to) === Char.Star && /^\\(operatorname|tag|hspace|vspace)$/.test(this.text.slice(from, to))) to++;
    const name = this.text.slice(from + 1, to);
    if (name === 'left' || name === 'right' || name === 'middle') this.delimiter(name, to);
    else if (/^[bB]igg?[lrm]?$/.test(name) && this.code(to) !== Char.OpenBrace) {
      if (/[lr]$/.test(name)) this.side = name.endsWith('l') ? 'left' : 'right';
      this.sizedFrom = from;
      this.at = to;
    } else if (SPACING.has(name)) this.at = to;
    else if (name === 'quad' || name === 'qquad') this.push('quad', name, from, to);
    else if (name === 'begin' || name === 'end') this.environment(name, from, to);
    else if (WITHOUT_MEANING.has(name)) this.at = this.argument(to)?.to ?? to;
    else if (TEXTS.has(name)) this.words(name, from, to);
    else {
      this.push('command', name, from, to);
      const digits = DIGIT_ARGUMENTS.get(name);
      if (digits) this.digits[this.digits.length - 1] = digits;
    }
  }

  /** What follows `\left` or `\right` belongs to it; a dot there is an invisible delimiter. */
  private delimiter(name: string, to: number): void {
    let dot = to;
    while (this.code(dot) === Char.Space) dot++;
    if (name !== 'middle' && this.code(dot) === Char.Dot) {
      const from = to - name.length - 1;
      this.push('null', name, from, dot + 1);
      return;
    }
    if (name !== 'middle') this.side = name as 'left' | 'right';
    this.sizedFrom = to - name.length - 1;
    this.at = to;
  }

  private environment(kind: 'begin' | 'end', from: number, to: number): void {
    const argument = this.argument(to);
    if (!argument) {
      this.push('command', kind, from, to);
      return;
    }
    const name = argument.text.trim();
    this.push(kind, name, from, argument.to);
    if (kind === 'begin') this.environments.push({ name, columns: 0 });
    else if (this.environments[this.environments.length - 1]?.name === name) this.environments.pop();
  }

  /** A phrase that holds no mathematics becomes one token; one that does is read as a command with its argument. */
  private words(name: string, from: number, to: number): void {
    const argument = this.argument(to);
    if (argument && !/[\\^_{}$#]/.test(argument.text)) this.push('text', argument.text.trim(), from, argument.to);
    else this.push('command', name.replace('*', ''), from, to);
  }

  /** The braced argument at an offset: its text and where it ends; undefined where there is none or it is not closed. */
  private argument(at: number): { readonly text: string; readonly to: number } | undefined {
    while (this.code(at) === Char.Space) at++;
    if (this.code(at) !== Char.OpenBrace) return undefined;
    const end = Math.min(this.end, at + MAX_ARGUMENT);
    let depth = 0;
    for (let i = at; i < end; i++) {
      const c = this.code(i);
      if (c === Char.Backslash) i++;
      else if (c === Char.OpenBrace) depth++;
      else if (c === Char.CloseBrace && --depth === 0) return { text: this.text.slice(at + 1, i), to: i + 1 };
    }
    return undefined;
  }
}

/** Longer phrases are not looked for: where many are not closed, each would be looked for up to the end. */
const MAX_ARGUMENT = 1_000;

/** a \,.\, b: a point with a thin space on either side multiplies. */
const LOW_POINT = /^\\,\s*\.\s*\\,/;

function commas(groups: string): number {
  return groups.split(',').length - 1;
}
