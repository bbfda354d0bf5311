/** The state that all parts of the grammar share: a cursor over tokens, bound names, and what was noticed. */
import type { Span } from '../../model';
import type { Convention, Declarations, Reading } from './conventions';
import type { Token, TokenKind } from './tokens';
import type { ErrorCode, ErrorNode, Node } from './tree';
import { ACCENTS, FONTS } from './vocabulary';

/** Nesting beyond this is not read: a guard for the stack, far above any formula. */
const MAX_DEPTH = 200;

/** One argument of a command, as TeX takes it: a braced group, a single token, or a command with its own arguments. */
export interface Argument {
  /** Index of its first token, inside the braces. */
  readonly first: number;
  /** Index after its last token, inside the braces. */
  readonly end: number;
  /** Index of the token after the whole argument. */
  readonly next: number;
  readonly braced: boolean;
}

/** Commands that take braced arguments, for finding where an unbraced argument ends: x^\frac{1}{2}. */
const ARITY: ReadonlyMap<string, number> = new Map(
  Object.entries({
    frac: 2,
    dfrac: 2,
    tfrac: 2,
    cfrac: 2,
    binom: 2,
    sqrt: 1,
    text: 1,
    operatorname: 1,
  }),
);

/** Commands that change the look of their argument. */
export const isStyle = (command: string) => ACCENTS.has(command) || FONTS.has(command);

/** What a bracket shuts off: bars opened outside are not closed inside. */
interface Context {
  bars: number;
  doubleBars: number;
  /** A bar is the sign of a condition: p(y | x). */
  conditional: boolean;
  /** A letter d may end the integrand. */
  integrals: number;
}

export class Parser {
  /** Index of the current token. */
  at = 0;
  /** Index after the last token that may be read now. */
  limit: number;
  readonly errors: ErrorNode[] = [];
  readonly readings: Reading[] = [];
  /** Names of the indices of the sums that are open. */
  readonly bound: string[] = [];
  context: Context = { bars: 0, doubleBars: 0, conditional: false, integrals: 0 };
  /** Partner of each brace and, for an unclosed one, where its content has to end. */
  private readonly partners: Int32Array;
  /** Unclosed braces that were reported. */
  private readonly unclosed = new Set<number>();
  private depth = 0;

  constructor(
    readonly tokens: readonly Token[],
    readonly declarations: Declarations,
    private readonly region: Span,
  ) {
    this.limit = tokens.length;
    this.partners = partners(tokens);
  }

  get token(): Token | undefined {
    return this.at < this.limit ? this.tokens[this.at] : undefined;
  }

  peek(ahead = 1): Token | undefined {
    const i = this.at + ahead;
    return i < this.limit ? this.tokens[i] : undefined;
  }

  is(kind: TokenKind, text?: string): boolean {
    const t = this.token;
    return t !== undefined && t.kind === kind && (text === undefined || t.text === text);
  }

  isMark(text: string): boolean {
    return this.is('mark', text);
  }

  accept(kind: TokenKind, text?: string): boolean {
    if (!this.is(kind, text)) return false;
    this.at++;
    return true;
  }

  /** The range of the tokens from `start` to the current one: their hull, since macros put tokens out of order. */
  spanFrom(start: number): Span {
    if (start >= this.at) {
      const to = this.position();
      return { from: to, to };
    }
    let { from, to } = this.tokens[start] as Token;
    for (let i = start + 1; i < this.at; i++) {
      const t = this.tokens[i] as Token;
      if (t.from < from) from = t.from;
      if (t.to > to) to = t.to;
    }
    return { from, to };
  }

  /** Where the last token ended. */
  position(): number {
    const last = this.tokens[this.at - 1];
    return last ? last.to : (this.tokens[0]?.from ?? this.region.from);
  }

  error(code: ErrorCode, message: string, span?: Span): ErrorNode {
    const at = this.position();
    const node: ErrorNode = {
      kind: 'error',
      code,
      message,
      from: span?.from ?? at,
      to: span?.to ?? at,
    };
    this.errors.push(node);
    return node;
  }

  /** An error that consumes the current token. */
  skipUnexpected(): ErrorNode {
    const t = this.tokens[this.at++] as Token;
    return this.error('unexpected', `unexpected ${written(t)}`, t);
  }

  note<N extends Node>(convention: Convention, node: N): N {
    this.readings.push({ convention, node });
    return node;
  }

  /** Runs `read` inside brackets. */
  isolated<T>(read: () => T, change: Partial<Context> = {}): T {
    const saved = this.context;
    this.context = { bars: 0, doubleBars: 0, conditional: false, integrals: 0, ...change };
    const result = read();
    this.context = saved;
    return result;
  }

  /** Runs `read` one level deeper; beyond the limit gives an error that consumes a token. */
  deeper(read: () => Node): Node {
    if (this.depth >= MAX_DEPTH) {
      this.at = Math.min(this.at + 1, this.limit);
      return this.error('too-deep', 'nested too deeply');
    }
    this.depth++;
    const node = read();
    this.depth--;
    return node;
  }

  withBound<T>(names: readonly string[], read: () => T): T {
    this.bound.push(...names);
    const result = read();
    this.bound.length -= names.length;
    return result;
  }

  /** Reads the tokens [first, end) alone and goes on at `next`; what `read` leaves over is an error. */
  within<T>(argument: Argument, read: () => T): T {
    const { limit } = this;
    this.at = argument.first;
    this.limit = argument.end;
    const result = this.isolated(read);
    while (this.at < this.limit) this.skipUnexpected();
    this.at = argument.next;
    this.limit = limit;
    return result;
  }

  /** The argument that starts at the cursor, without reading it. */
  argument(): Argument | undefined {
    const t = this.token;
    if (!t) return undefined;
    if (t.kind === 'mark' && t.text === '{') {
      const partner = this.partners[this.at] as number;
      const closed = partner >= 0;
      const end = Math.min(closed ? partner : -partner - 1, this.limit);
      if (!closed && !this.unclosed.has(this.at)) {
        this.unclosed.add(this.at);
        this.error('missing-close', 'missing }', t);
      }
      return {
        first: this.at + 1,
        end,
        next: closed ? Math.min(end + 1, this.limit) : end,
        braced: true,
      };
    }
    if (
      (t.kind === 'mark' && /^[}&^_]$/.test(t.text)) ||
      ['newline', 'begin', 'end', 'column', 'quad', 'null'].includes(t.kind)
    )
      return undefined;
    const end = this.extent(this.at);
    return { first: this.at, end, next: end, braced: false };
  }

  /** Index after the token at `i` and, where it is a command, after its arguments. */
  private extent(i: number): number {
    const t = this.tokens[i];
    if (i >= this.limit || !t) return this.limit;
    if (t.kind === 'mark' && t.text === '{') {
      const partner = this.partners[i] as number;
      return partner >= 0 ? Math.min(partner + 1, this.limit) : this.limit;
    }
    let end = i + 1;
    if (t.kind === 'command')
      for (let n = ARITY.get(t.text) ?? (isStyle(t.text) ? 1 : 0); n > 0; n--) end = this.extent(end);
    return end;
  }

  /** Index of the mark that closes the round or square bracket at `open`, or the end of what may be read. */
  closing(open: number): number {
    let depth = 0;
    for (let i = open; i < this.limit; i++) {
      const t = this.tokens[i] as Token;
      if (t.kind !== 'mark') continue;
      if (t.text === '(' || t.text === '[') depth++;
      else if ((t.text === ')' || t.text === ']') && --depth === 0) return i;
    }
    return this.limit;
  }
}

/** How a token is shown in a message. */
export function written(t: Token): string {
  switch (t.kind) {
    case 'command':
    case 'null':
      return `\\${t.text}`;
    case 'begin':
    case 'end':
      return `\\${t.kind}{${t.text}}`;
    case 'text':
      return `“${t.text}”`;
    default:
      return t.text;
  }
}

/**
 * For each `{` the index of its `}`. For an unclosed one −(end + 1), where `end` is the first token that cannot
 * belong to it: the next line, column or end of the environment that it stands in.
 */
function partners(tokens: readonly Token[]): Int32Array {
  const result = new Int32Array(tokens.length);
  interface Open {
    readonly index: number;
    /** Number of environments around it. */
    readonly level: number;
    /** The first line or column break after it. */
    stop?: number;
  }
  const open: Open[] = [];
  let level = 0;
  const top = (): Open | undefined => {
    const brace = open[open.length - 1];
    return brace?.level === level ? brace : undefined;
  };
  const abandon = (at: number) => {
    for (let brace = top(); brace; brace = top()) {
      result[brace.index] = -(brace.stop ?? at) - 1;
      open.pop();
    }
  };
  tokens.forEach((t, i) => {
    if (t.kind === 'begin') level++;
    else if (t.kind === 'end') {
      abandon(i);
      level--;
    } else if (t.kind === 'newline' || t.kind === 'column') {
      for (const brace of open) if (brace.level === level) brace.stop ??= i;
    } else if (t.kind === 'mark' && t.text === '{') open.push({ index: i, level });
    else if (t.kind === 'mark' && t.text === '}') {
      const brace = top();
      if (brace) {
        result[brace.index] = i;
        open.pop();
      }
    }
  });
  for (const brace of open) result[brace.index] = -(brace.stop ?? tokens.length) - 1;
  return result;
}
