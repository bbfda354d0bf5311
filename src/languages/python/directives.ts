/**
 * Directives in comments: `# wengert: at x1=2, x2=[1, 2]` · `of loss wrt w1, w2` ·
 * `given x: float[100, 784] ~ normal(0, 1, seed=0)` · `given x from batch.npz` · `checks f = df` · `ignore`.
 */
import type { Span } from '../../model';
import type { Fault, PinValue } from '../frontEnd';

export type Directive = Span &
  (
    | { readonly kind: 'at'; readonly values: Readonly<Record<string, PinValue>> }
    | { readonly kind: 'of'; readonly output: string; readonly wrt: readonly string[] }
    | { readonly kind: 'given'; readonly name: string; readonly sampler: Sampler }
    | { readonly kind: 'from'; readonly name: string; readonly path: string }
    | { readonly kind: 'checks'; readonly of: string; readonly by: string }
    | { readonly kind: 'ignore' }
  );

export interface Sampler {
  readonly dtype: 'float' | 'int';
  readonly shape: readonly number[];
  readonly distribution: string;
  readonly parameters: readonly number[];
  readonly seed: number;
}

export const GRAMMAR =
  'at NAME=VALUE, … · of NAME wrt NAME, … · given NAME: float[SHAPE] ~ normal(0, 1, seed=0) · given NAME from FILE · checks NAME = NAME · ignore';

export interface Directives {
  readonly directives: readonly Directive[];
  readonly faults: readonly Fault[];
}

/** Directives among the comments of a Python text. */
export function readDirectives(text: string): Directives {
  const directives: Directive[] = [];
  const faults: Fault[] = [];
  for (const match of text.matchAll(/#[ \t]*wengert:[ \t]*([^\n\r]*)/g)) {
    const from = match.index;
    const span = { from, to: from + match[0].trimEnd().length };
    const directive = readDirective((match[1] as string).trim());
    if (directive) directives.push({ ...directive, ...span });
    else {
      faults.push({
        span,
        code: 'malformed-directive',
        message: `This directive cannot be read. Its grammar: ${GRAMMAR}`,
      });
    }
  }
  return { directives, faults };
}

type Unplaced<D> = D extends unknown ? Omit<D, 'from' | 'to'> : never;

const NAME = String.raw`[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*|\[[^\]]*\])*`;
const NAME_ONLY = new RegExp(`^${NAME}$`, 'u');

/** One directive without its comment sign; undefined where it is malformed. */
export function readDirective(text: string): Unplaced<Directive> | undefined {
  if (text === 'ignore') return { kind: 'ignore' };
  const word = /^(\w+)\s+([\s\S]*)$/.exec(text);
  const rest = word?.[2] ?? '';
  switch (word?.[1]) {
    case 'at': {
      const values = readAssignments(rest);
      return values && { kind: 'at', values };
    }
    case 'of': {
      const match = new RegExp(`^(${NAME})(?:\\s+wrt\\s+(.+))?$`, 'u').exec(rest);
      if (!match) return undefined;
      const wrt = match[2]?.split(',').map((n) => n.trim()) ?? [];
      return wrt.every((n) => NAME_ONLY.test(n)) ? { kind: 'of', output: match[1] as string, wrt } : undefined;
    }
    case 'given':
      return readGiven(rest);
    case 'checks': {
      const match = new RegExp(`^(${NAME})\\s*=\\s*(${NAME})$`, 'u').exec(rest);
      return match ? { kind: 'checks', of: match[1] as string, by: match[2] as string } : undefined;
    }
    default:
      return undefined;
  }
}

function readGiven(text: string): Unplaced<Directive> | undefined {
  const file = new RegExp(`^(${NAME})\\s+from\\s+(\\S+)$`, 'u').exec(text);
  if (file) return { kind: 'from', name: file[1] as string, path: file[2] as string };
  const match = new RegExp(
    `^(${NAME})\\s*:\\s*(float|int)\\s*(?:\\[([\\d\\s,]*)\\])?\\s*(?:~\\s*(\\w+)\\s*\\(([^)]*)\\))?$`,
    'u',
  ).exec(text);
  if (!match) return undefined;
  const parts = (match[5] ?? '')
    .split(',')
    .map((p) => p.trim())
    .filter((p) => p !== '');
  let seed = 0;
  const parameters: number[] = [];
  for (const part of parts) {
    const named = /^seed\s*=\s*(\d+)$/.exec(part);
    if (named) seed = Number(named[1]);
    else if (/^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(part)) parameters.push(Number(part));
    else return undefined;
  }
  const shape = (match[3] ?? '')
    .split(',')
    .map((p) => p.trim())
    .filter((p) => p !== '')
    .map(Number);
  return {
    kind: 'given',
    name: match[1] as string,
    sampler: {
      dtype: match[2] as 'float' | 'int',
      shape,
      distribution: match[4] ?? 'normal',
      parameters,
      seed,
    },
  };
}

/** `x1=2, x2=[1, 2]` */
function readAssignments(text: string): Record<string, PinValue> | undefined {
  const values: Record<string, PinValue> = {};
  const reader = new ValueReader(text);
  for (;;) {
    const name = reader.match(new RegExp(NAME, 'uy'));
    if (name === undefined || !reader.take('=')) return undefined;
    const value = reader.value();
    if (value === undefined) return undefined;
    values[name] = value;
    if (reader.atEnd()) return values;
    if (!reader.take(',')) return undefined;
  }
}

class ValueReader {
  private at = 0;
  constructor(private readonly text: string) {}

  private skip(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at++;
  }

  atEnd(): boolean {
    this.skip();
    return this.at >= this.text.length;
  }

  match(pattern: RegExp): string | undefined {
    this.skip();
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (!match) return undefined;
    this.at = pattern.lastIndex;
    return match[0];
  }

  take(c: string): boolean {
    this.skip();
    if (this.text[this.at] !== c) return false;
    this.at++;
    return true;
  }

  /** A number, string, True, False, None, list, tuple or object; undefined where none can be read. */
  value(): PinValue | undefined {
    this.skip();
    const number = this.match(/[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/y);
    if (number !== undefined) return Number(number);
    const string = this.match(/'[^']*'|"[^"]*"/y);
    if (string !== undefined) return string.slice(1, -1);
    const word = this.match(/True|False|None|true|false|null/y);
    if (word !== undefined) return /^[nN]/.test(word) ? null : /^[tT]/.test(word);
    if (this.take('[')) return this.items(']');
    if (this.take('(')) return this.items(')');
    if (this.take('{')) return this.fields();
    return undefined;
  }

  private items(end: string): PinValue[] | undefined {
    const out: PinValue[] = [];
    while (!this.take(end)) {
      const item = this.value();
      if (item === undefined) return undefined;
      out.push(item);
      if (!this.take(',') && this.text[this.at] !== end) return undefined;
    }
    return out;
  }

  private fields(): { [key: string]: PinValue } | undefined {
    const out: { [key: string]: PinValue } = {};
    while (!this.take('}')) {
      const key = this.value();
      if (typeof key !== 'string' || !this.take(':')) return undefined;
      const item = this.value();
      if (item === undefined) return undefined;
      out[key] = item;
      if (!this.take(',') && this.text[this.at] !== '}') return undefined;
    }
    return out;
  }
}
