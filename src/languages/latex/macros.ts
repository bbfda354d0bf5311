/**
 * Expansion of macros in tokens. Tokens that come from the body of a macro stand at the whole call; those of an
 * argument stay where they are written, so that a node inside an argument keeps its exact range.
 */
import { type Token, tokenize } from './tokens';

export interface Macro {
  /** Without the backslash. */
  readonly name: string;
  /** Number of parameters, the optional one included. */
  readonly parameters: number;
  /** Default of the first parameter, where that is optional. */
  readonly optional?: string;
  readonly body: string;
}

export type Macros = ReadonlyMap<string, Macro>;

/** Bounds against macros that call themselves. */
const MAX_DEPTH = 24;
const MAX_TOKENS = 20_000;

/** Replaces calls of macros by their bodies. Calls beyond the bounds stay as they are. */
export function expandMacros(tokens: readonly Token[], macros: Macros): Token[] {
  return new Expansion(macros).expand(tokens, 0);
}

/** TeX with calls of macros written out, for readers and typesetters that do not know the macros. */
export function expandSource(source: string, macros: Macros): string {
  return macros.size > 0 && source.includes('\\') ? new Expansion(macros).write(source, 0) : source;
}

class Expansion {
  private produced = 0;
  private readonly bodies = new Map<string, readonly Token[]>();

  constructor(private readonly macros: Macros) {}

  expand(tokens: readonly Token[], depth: number): Token[] {
    const out: Token[] = [];
    for (let i = 0; i < tokens.length;) {
      const token = tokens[i] as Token;
      const macro = token.kind === 'command' ? this.macros.get(token.text) : undefined;
      if (!macro || depth >= MAX_DEPTH || this.produced > MAX_TOKENS) {
        out.push(token);
        i++;
        continue;
      }
      const { args, next } = this.arguments(tokens, i + 1, macro);
      const to = Math.max(token.to, ...tokens.slice(i, next).map((t) => t.to));
      const body = this.body(macro).flatMap((t): readonly Token[] =>
        t.kind === 'parameter' ? (args[Number(t.text) - 1] ?? []) : [{ ...t, from: token.from, to }],
      );
      this.produced += body.length;
      out.push(...this.expand(body, depth + 1));
      i = next;
    }
    return out;
  }

  write(source: string, depth: number): string {
    const tokens = tokenize(source);
    let out = '';
    let written = 0;
    for (let i = 0; i < tokens.length;) {
      const token = tokens[i] as Token;
      const macro = token.kind === 'command' ? this.macros.get(token.text) : undefined;
      if (!macro || depth >= MAX_DEPTH || this.produced > MAX_TOKENS) {
        i++;
        continue;
      }
      const { args, next } = this.arguments(tokens, i + 1, macro);
      const last = tokens[next - 1] as Token;
      const optional = macro.optional !== undefined && tokens[i + 1]?.text !== '[';
      const texts = args.map((arg, k) =>
        k === 0 && optional ? (macro.optional as string) : source.slice(arg[0]?.from, arg.at(-1)?.to ?? arg[0]?.from),
      );
      const body = macro.body.replace(/#([1-9])/g, (_, k: string) => texts[Number(k) - 1] ?? '');
      this.produced += body.length;
      // A command at the end of a body must not run into the letters that follow the call.
      const apart = /\\[A-Za-z]+$/.test(body) ? ' ' : '';
      out += source.slice(written, token.from) + this.write(body, depth + 1) + apart;
      written = last.to;
      i = next;
    }
    return out + source.slice(written);
  }

  private body(macro: Macro): readonly Token[] {
    let body = this.bodies.get(macro.name);
    if (!body) this.bodies.set(macro.name, (body = tokenize(macro.body)));
    return body;
  }

  private arguments(tokens: readonly Token[], at: number, macro: Macro): { args: (readonly Token[])[]; next: number } {
    const args: (readonly Token[])[] = [];
    if (macro.optional !== undefined) {
      const close = tokens[at]?.text === '[' ? tokens.findIndex((t, i) => i > at && t.text === ']') : -1;
      if (close > 0) {
        args.push(tokens.slice(at + 1, close));
        at = close + 1;
      } else {
        const here = tokens[at - 1] as Token;
        args.push(tokenize(macro.optional).map((t) => ({ ...t, from: here.from, to: here.to })));
      }
    }
    while (args.length < macro.parameters && at < tokens.length) {
      if (tokens[at]?.text !== '{') {
        args.push([tokens[at++] as Token]);
        continue;
      }
      let depth = 0;
      let close = at;
      for (; close < tokens.length; close++) {
        const t = tokens[close] as Token;
        if (t.kind !== 'mark') continue;
        if (t.text === '{') depth++;
        else if (t.text === '}' && --depth === 0) break;
      }
      args.push(tokens.slice(at + 1, close));
      at = Math.min(close + 1, tokens.length);
    }
    return { args, next: at };
  }
}
