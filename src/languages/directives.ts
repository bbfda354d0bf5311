/**
 * Directive comments, the same in every comment syntax:
 * `wengert: at x1=2, x2=[1, 2]` · `wengert: of loss wrt w1, w2` · `wengert: given x: float[100, 784] ~ normal(0, 1, seed=0)` ·
 * `wengert: checks f = df` · `wengert: ignore`.
 */
import type { Span } from '../model';
import type { Fault, PinValue } from './frontEnd';

export type Directive =
  | {
      readonly kind: 'at';
      readonly values: readonly { readonly name: string; readonly value: PinValue }[];
      readonly span: Span;
    }
  | {
      readonly kind: 'of';
      readonly output: string;
      readonly wrt: readonly string[];
      readonly span: Span;
    }
  | {
      readonly kind: 'given';
      readonly name: string;
      readonly specification: string;
      readonly span: Span;
    }
  | {
      readonly kind: 'checks';
      readonly function: string;
      readonly derivative: string;
      readonly span: Span;
    }
  | { readonly kind: 'ignore'; readonly span: Span };

const GRAMMAR =
  '“at x=2, y=[1, 2]”, “of loss wrt w1, w2”, “given x: float[3, 4] ~ normal(0, 1, seed=0)”, “checks f = df” or “ignore”';

/**
 * Reads the content of one comment that starts at the offset `from`. A comment that is no directive gives undefined, a
 * malformed one a fault with the grammar in it.
 */
export function readDirective(content: string, from: number): Directive | Fault | undefined {
  const head = /^\s*wengert:\s*/.exec(content);
  if (!head) return undefined;
  const body = content.slice(head[0].length).trimEnd();
  const start = from + (head[0].length - head[0].trimStart().length);
  const span = { from: start, to: from + head[0].length + body.length };
  const [keyword = ''] = /^\w*/.exec(body) ?? [];
  const rest = body.slice(keyword.length).trim();
  const fault = (): Fault => ({
    span,
    code: 'malformed-directive',
    message: `a directive is ${GRAMMAR}`,
  });
  switch (keyword) {
    case 'ignore':
      return rest === '' ? { kind: 'ignore', span } : fault();
    case 'at': {
      const values = assignments(rest);
      return values ? { kind: 'at', values, span } : fault();
    }
    case 'of': {
      const match = /^(.+?)(?:\s+wrt\s+(.+))?$/.exec(rest);
      if (!match) return fault();
      const wrt = match[2] === undefined ? [] : splitOutside(match[2], ',').map((n) => n.trim());
      return wrt.every((n) => n !== '') ? { kind: 'of', output: (match[1] as string).trim(), wrt, span } : fault();
    }
    case 'given': {
      const match = /^([^:~]+):\s*(.+)$/.exec(rest);
      return match
        ? {
            kind: 'given',
            name: (match[1] as string).trim(),
            specification: match[2] as string,
            span,
          }
        : fault();
    }
    case 'checks': {
      const match = /^([^=\s]+)\s*=\s*([^=\s]+)$/.exec(rest);
      return match ? { kind: 'checks', function: match[1] as string, derivative: match[2] as string, span } : fault();
    }
    default:
      return fault();
  }
}

export function isFault(directive: Directive | Fault): directive is Fault {
  return 'code' in directive;
}

/** `x1=2, x2=[1, 2]`; undefined where a part is no assignment of a JSON value. */
function assignments(text: string): { name: string; value: PinValue }[] | undefined {
  const result: { name: string; value: PinValue }[] = [];
  for (const part of splitOutside(text, ',')) {
    const equals = part.indexOf('=');
    if (equals < 1) return undefined;
    const name = part.slice(0, equals).trim();
    try {
      result.push({ name, value: JSON.parse(jsonNumbers(part.slice(equals + 1))) as PinValue });
    } catch {
      return undefined;
    }
  }
  return result.length > 0 ? result : undefined;
}

/** Numbers as programmers write them: `.5`, `1.`, `+2`. */
function jsonNumbers(text: string): string {
  return text
    .replace(/(^|[\s[,])\+?(-?)\.(\d)/g, '$1$20.$3')
    .replace(/(\d)\.(?=[\s,\]]|$)/g, '$1')
    .replace(/(^|[\s[,])\+(\d)/g, '$1$2');
}

function splitOutside(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string;
    if ('([{'.includes(c)) depth++;
    else if (')]}'.includes(c)) depth--;
    else if (c === separator && depth === 0) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}
