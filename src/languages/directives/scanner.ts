/** Reads the parts of a directive: names, values, words. */
import type { PinValue } from '../frontEnd';

const NUMBER = /[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?![\p{L}\p{N}_.])/uy;
const INTEGER = /\d+(?![\p{L}\p{N}_.])/uy;
const QUOTED = /'[^']*'|"[^"]*"/y;
const CONSTANT = /(?:True|False|None|true|false|null)(?![\p{L}\p{N}_])/uy;
const WORD = /[\p{L}_][\p{L}\p{N}_]*/uy;
const NAME = nameSyntax();

/**
 * A NamePath text: an identifier or a TeX name (`\hat{y}`, `\hat y`, `x_{i,1}`, `W^{(1)}`), then fields and indices. A blank
 * after a TeX command belongs to the name unless `wrt` or `from` follows.
 */
function nameSyntax(): RegExp {
  let braces = String.raw`\{[^{}]*\}`;
  for (let depth = 0; depth < 3; depth++) braces = String.raw`\{(?:[^{}]|${braces})*\}`;
  const command = String.raw`\\[A-Za-z]+(?![A-Za-z])(?:\s+(?!(?:wrt|from)\b)(?=[\p{L}\\]))?`;
  const root = String.raw`(?:${command}|[\p{L}_])(?:${command}|[\p{L}\p{N}\p{M}_']|\^\*?|${braces})*`;
  const part = String.raw`\.[\p{L}_][\p{L}\p{N}_]*|\[[^\]]*\]`;
  return new RegExp(`${root}(?:${part})*`, 'uy');
}

/** Deeper lists and objects are not read: nobody writes them, and reading them takes a frame a level. */
const MAX_DEPTH = 64;

export class Scanner {
  private at = 0;
  private depth = 0;
  constructor(private readonly text: string) {}

  atEnd(): boolean {
    this.skip();
    return this.at >= this.text.length;
  }

  /** Whether the text goes on with this sign, which is passed over. */
  take(sign: string): boolean {
    this.skip();
    if (!this.text.startsWith(sign, this.at)) return false;
    this.at += sign.length;
    return true;
  }

  /** Whether this word comes next; it is passed over. */
  takeWord(word: string): boolean {
    const start = this.at;
    if (this.word() === word) return true;
    this.at = start;
    return false;
  }

  word(): string | undefined {
    return this.match(WORD);
  }

  name(): string | undefined {
    return this.match(NAME)?.trim();
  }

  number(): number | undefined {
    const text = this.match(NUMBER);
    return text === undefined ? undefined : Number(text);
  }

  integer(): number | undefined {
    const text = this.match(INTEGER);
    return text === undefined ? undefined : Number(text);
  }

  /** A file: quoted, or all that is left. */
  path(): string | undefined {
    const quoted = this.match(QUOTED);
    return quoted?.slice(1, -1) ?? this.match(/\S+/y);
  }

  /** Things of one kind with commas between, at least one; undefined where one can not be read. */
  list<T>(read: () => T | undefined): T[] | undefined {
    const out: T[] = [];
    do {
      const item = read();
      if (item === undefined) return undefined;
      out.push(item);
    } while (this.take(','));
    return out;
  }

  /** A number, a text, a truth value, nothing (as null), a list, a tuple or an object, as Python or as JSON writes it. */
  value(): PinValue | undefined {
    const number = this.number();
    if (number !== undefined) return number;
    const quoted = this.match(QUOTED);
    if (quoted !== undefined) return quoted.slice(1, -1);
    const word = this.match(CONSTANT);
    if (word !== undefined) return /^[nN]/.test(word) ? null : /^[tT]/.test(word);
    if (this.take('[')) return this.until(']', () => this.value());
    if (this.take('(')) return this.until(')', () => this.value());
    if (this.take('{')) {
      const fields = this.until('}', () => this.field());
      return fields && Object.fromEntries(fields);
    }
    return undefined;
  }

  private field(): readonly [string, PinValue] | undefined {
    const key = this.value();
    if (typeof key !== 'string' || !this.take(':')) return undefined;
    const value = this.value();
    return value === undefined ? undefined : [key, value];
  }

  /** Items up to a closing bracket, which may follow a comma. */
  private until<T>(end: string, read: () => T | undefined): T[] | undefined {
    if (this.depth === MAX_DEPTH) return undefined;
    this.depth++;
    try {
      return this.items(end, read);
    } finally {
      this.depth--;
    }
  }

  private items<T>(end: string, read: () => T | undefined): T[] | undefined {
    const out: T[] = [];
    while (!this.take(end)) {
      const item = read();
      if (item === undefined) return undefined;
      out.push(item);
      if (!this.take(',')) return this.take(end) ? out : undefined;
    }
    return out;
  }

  private skip(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at++;
  }

  private match(pattern: RegExp): string | undefined {
    this.skip();
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (!match) return undefined;
    this.at = pattern.lastIndex;
    return match[0];
  }
}
