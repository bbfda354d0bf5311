/** Comment → directive. The one grammar of directives stands here. */
import type { Fault } from '../frontEnd';
import { type Directive, GRAMMAR, LAYOUTS } from './directive';
import type { Sampler } from './sampler';
import { Scanner } from './scanner';

/** What may be read for directives: most documents hold none. */
export function mayHoldDirectives(text: string): boolean {
  return text.includes('wengert:');
}

/**
 * Reads the content of one comment, without its comment signs, that starts at the offset `from`. A comment that is no
 * directive gives undefined, a malformed one a fault with the grammar in it.
 */
export function readDirective(content: string, from: number): Directive | Fault | undefined {
  const head = /^\s*wengert:/.exec(content);
  if (!head) return undefined;
  const span = { from: from + content.length - content.trimStart().length, to: from + content.trimEnd().length };
  const scanner = new Scanner(content.slice(head[0].length));
  const read = readBody(scanner);
  return read && scanner.atEnd()
    ? { ...read, ...span }
    : { span, code: 'malformed-directive', message: `a directive is ${GRAMMAR}` };
}

export function isFault(directive: Directive | Fault): directive is Fault {
  return 'code' in directive;
}

type Unplaced<D> = D extends unknown ? Omit<D, 'from' | 'to'> : never;
type Body = Unplaced<Directive>;

function readBody(s: Scanner): Body | undefined {
  switch (s.word()) {
    case 'ignore':
      return { kind: 'ignore' };
    case 'at': {
      const values = s.list(() => {
        const name = s.name();
        const value = name !== undefined && s.take('=') ? s.value() : undefined;
        return name === undefined || value === undefined ? undefined : { name, value };
      });
      return values && { kind: 'at', values };
    }
    case 'of': {
      const output = s.name();
      const wrt = s.takeWord('wrt') ? s.list(() => s.name()) : [];
      return output === undefined || !wrt ? undefined : { kind: 'of', output, wrt };
    }
    case 'given': {
      const name = s.name();
      return name === undefined ? undefined : readGiven(s, name);
    }
    case 'checks': {
      const of = s.name();
      const by = of !== undefined && s.take('=') ? s.name() : undefined;
      return of === undefined || by === undefined ? undefined : { kind: 'checks', of, by };
    }
    case 'layout': {
      const word = s.word();
      const layout = LAYOUTS.find((l) => l === word);
      return layout && { kind: 'layout', layout };
    }
    default:
      return undefined;
  }
}

/** `from FILE` or `: float[3, 4] ~ normal(0, 1, seed=0)` */
function readGiven(s: Scanner, name: string): Body | undefined {
  if (s.takeWord('from')) {
    const path = s.path();
    return path === undefined ? undefined : { kind: 'from', name, path };
  }
  if (!s.take(':')) return undefined;
  const dtype = s.word();
  if (dtype !== 'float' && dtype !== 'int') return undefined;
  const shape = s.take('[') && !s.take(']') ? s.list(() => s.integer()) : [];
  if (!shape || (shape.length > 0 && !s.take(']'))) return undefined;
  const drawn = s.take('~') ? readDistribution(s) : { distribution: 'normal', parameters: [], seed: 0 };
  return drawn && { kind: 'given', name, sampler: { dtype, shape, ...drawn } };
}

/** `normal(0, 1, seed=0)` */
function readDistribution(s: Scanner): Omit<Sampler, 'dtype' | 'shape'> | undefined {
  const distribution = s.word();
  if (distribution === undefined || !s.take('(')) return undefined;
  if (s.take(')')) return { distribution, parameters: [], seed: 0 };
  let seed = 0;
  const parts = s.list(() => {
    if (!s.takeWord('seed')) return s.number();
    const given = s.take('=') ? s.integer() : undefined;
    if (given !== undefined) seed = given;
    return given === undefined ? undefined : SEED;
  });
  if (!parts || !s.take(')')) return undefined;
  return { distribution, parameters: parts.filter((p) => typeof p === 'number'), seed };
}

const SEED = Symbol('seed');
