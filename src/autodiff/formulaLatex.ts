/** Formulas of steps as LaTeX: scalar operations as everywhere, array operations as in textbooks on matrices. */
import { apply, type Expr, isApply, sym } from '../symbolic/expr';
import { type Notation, toLatex } from '../symbolic/latex';
import { isPredicate, isScalarOp } from '../symbolic/rules';
import type { IndexItem, NdArray } from '../tensor';
import { isAttributes, readAttributes } from './formulaAlgebra';
import type { Attributes } from './multilinear';

/** How tightly the outermost operation binds. */
type Level = 'sum' | 'product' | 'atom';

interface Typeset {
  readonly tex: string;
  readonly level: Level;
}

const isElementwise = (e: Expr): boolean =>
  e.kind !== 'apply' ||
  isScalarOp(e.op) ||
  isPredicate(e.op) ||
  e.op === 'pi' ||
  e.op === 'e' ||
  (e.op === 'where' && !isAttributes(e.args.at(-1)));

/** LaTeX of a formula of this core, without delimiters. */
export function formulaToLatex(e: Expr, notation: Notation = {}): string {
  return print(e, notation).tex;
}

function print(e: Expr, notation: Notation): Typeset {
  if (isElementwise(e)) return elementwise(e, notation);
  return array(e as Extract<Expr, { kind: 'apply' }>, notation);
}

const parenthesised = (tex: string) => (/\\frac|\\begin|\\left/.test(tex) ? `\\left(${tex}\\right)` : `(${tex})`);

/** The text of a piece where nothing looser than `level` may stand. */
function place({ tex, level }: Typeset, loosest: Level): string {
  const fits = level === 'atom' || (level === 'product' && loosest !== 'atom') || loosest === 'sum';
  return fits ? tex : parenthesised(tex);
}

/** An elementwise expression: array operations inside it stand as symbols while it is laid out. */
function elementwise(e: Expr, notation: Notation): Typeset {
  const pieces = new Map<string, string>();
  const lift = (part: Expr, inSum: boolean): Expr => {
    if (part.kind !== 'apply') return part;
    if (!isElementwise(part)) {
      const name = `\u0000${pieces.size}`;
      pieces.set(name, place(print(part, notation), inSum ? 'product' : 'atom'));
      return sym(name);
    }
    const sum = part.op === 'add' || part.op === 'sub' || part.op === 'neg';
    return apply(part.op, ...part.args.map((arg) => lift(arg, sum)));
  };
  const lifted = lift(e, true);
  const tex = toLatex(lifted, {
    ...notation,
    symbol: (name) => pieces.get(name) ?? (name.startsWith('d:') ? dataTex(name) : notation.symbol?.(name)),
  });
  return { tex, level: levelOf(e) };
}

function levelOf(e: Expr): Level {
  if (e.kind === 'symbol') return 'atom';
  if (e.kind === 'number') return e.value < 0 ? 'sum' : 'atom';
  if (isPredicate(e.op) || e.args.length === 0) return 'atom';
  if (isApply(e, 'add') || isApply(e, 'sub') || isApply(e, 'neg') || isApply(e, 'where')) return 'sum';
  return isApply(e, 'pow') || isApply(e, 'exp') ? 'atom' : 'product';
}

/** Index arrays and masks are not spelled out. */
function dataTex(name: string): string {
  return `D_{${Number(name.split(':')[2]) + 1}}`;
}

function array(e: Extract<Expr, { kind: 'apply' }>, notation: Notation): Typeset {
  const last = e.args.at(-1);
  const attributes = last && isAttributes(last) ? readAttributes(last, (name) => dataTex(name)) : {};
  const args = e.args.filter((arg) => !isAttributes(arg));
  const operands = args.map((arg) => print(arg, notation));
  const [a, b] = operands as [Typeset, Typeset];
  // ⊙ and the matrix product do not associate with each other: only a chain of one of them goes without parentheses.
  const factor = (k: 0 | 1): string =>
    place(operands[k] as Typeset, isApply(args[k] as Expr, e.op) ? 'product' : 'atom');
  switch (e.op) {
    case 'hadamard':
      return { tex: `${factor(0)} \\odot ${factor(1)}`, level: 'product' };
    case 'masked':
      return { tex: `${a.tex} \\odot ${place(b, 'atom')}`, level: 'product' };
    case 'matmul':
      return { tex: `${factor(0)}\\, ${factor(1)}`, level: 'product' };
    case 'outer':
      if (!noneSet(attributes)) break;
      return { tex: `${place(a, 'atom')}\\, ${raised(place(b, 'atom'))}^{\\top}`, level: 'product' };
    case 'dot':
      return { tex: `${place(a, 'atom')} \\cdot ${place(b, 'atom')}`, level: 'product' };
    case 'transpose':
      if (attributes.axes === undefined) return { tex: `${raised(place(a, 'atom'))}^{\\top}`, level: 'atom' };
      break;
    case 'trace':
      if (noneSet(attributes)) return { tex: `\\operatorname{tr}(${a.tex})`, level: 'atom' };
      break;
    case 'index':
      return { tex: `${place(a, 'atom')}[${items(attributes)}]`, level: 'atom' };
    case 'embed':
      return call(`\\operatorname{embed}_{[${items(attributes)}] \\to ${shape(attributes)}}`, operands);
    case 'clear':
      return call(`\\operatorname{clear}_{[${items(attributes)}]}`, operands);
    case 'contract':
      return call(`\\operatorname{einsum}_{${contraction(attributes)}}`, operands);
    case 'sum_to':
      return call(`\\operatorname{sum}_{${summed(attributes)}}`, operands);
    case 'reshape':
    case 'broadcast':
      return call(`\\operatorname{${SHAPING[e.op]}}_{\\to ${shape(attributes)}}`, operands);
  }
  return call(`\\operatorname{${(NAMES[e.op] ?? e.op).replaceAll('_', '\\_')}}${subscript(attributes)}`, operands);
}

const SHAPING = { reshape: 'reshape', broadcast: 'repeat' } as const;

/** Shorter names, where they mean the same. */
const NAMES: Readonly<Partial<Record<string, string>>> = {
  cofactor: 'cof',
  running_sum: 'cumsum',
  symmetrize: 'sym',
};

const noneSet = (attributes: Attributes): boolean => entriesOf(attributes).length === 0;

/** What holds unless it is said not to. */
const ON_BY_DEFAULT: ReadonlySet<string> = new Set(['countPadding']);

/** The attributes that say something. */
const entriesOf = (attributes: Attributes) =>
  Object.entries(attributes).filter(([key, value]) => value !== undefined && value !== ON_BY_DEFAULT.has(key));

const call = (name: string, operands: readonly Typeset[]): Typeset => ({
  tex: `${name}(${operands.map(({ tex }) => tex).join(', ')})`,
  level: 'atom',
});

/** A base that already carries an exponent is put in braces. */
const raised = (tex: string) => (tex.includes('^') && !tex.startsWith('(') ? `{${tex}}` : tex);

function shape(attributes: Attributes): string {
  const extents = attributes.shape as readonly number[];
  return extents.length === 0 ? '\\text{scalar}' : extents.join('\\times ');
}

/** What summing to a shape does: the axes that it removes, or keeps with extent 1; the shape alone where it does both. */
function summed({ from, shape: to }: Attributes): string {
  const [before, after] = [from as readonly number[] | undefined, to as readonly number[]];
  const missing = (before?.length ?? 0) - after.length;
  const axes = before?.flatMap((extent, axis) => (axis < missing || after[axis - missing] !== extent ? [axis] : []));
  if (axes?.length === missing) return axesTex(axes);
  return axes && missing === 0 ? `${axesTex(axes)},\\ \\text{keepdims}` : `\\to ${shape({ shape: to })}`;
}

/** `ij,jk \to ik`, and the extents of labels along which the result is repeated. */
function contraction({ inputs, output, extents, repeated }: Attributes): string {
  const own = (inputs as readonly string[]).join(',');
  const labels = (repeated as readonly string[] | undefined) ?? [...(output as string)].filter((x) => !own.includes(x));
  const along = [...new Set(labels)].map((x) => `,\\ ${x}=${(extents as Readonly<Record<string, number>>)[x]}`);
  return `${own} \\to ${(output as string) || '\\cdot'}${along.join('')}`;
}

const axesTex = (axes: unknown): string =>
  `\\text{axis }${Array.isArray(axes) ? axes.join(',') : String(axes as number)}`;

const isPlainList = (value: unknown) => Array.isArray(value) && value.every((x) => typeof x === 'number');

/** Every attribute that says something: a formula that left one out would be another formula. */
function subscript(attributes: Attributes): string {
  const parts = entriesOf(attributes).map(([key, value]) => {
    if (key === 'items') return `[${items(attributes)}]`;
    if (key === 'axis' || (key === 'axes' && isPlainList(value))) return axesTex(value);
    if (key === 'subscripts') return `\\text{${value as string}}`;
    const name = key.length === 1 ? key : `\\text{${words(key)}}`;
    if (typeof value === 'boolean') return value ? name : `\\text{no ${words(key)}}`;
    return `${name}=${valueTex(value)}`;
  });
  return parts.length === 0 ? '' : `_{${parts.join(',\\ ')}}`;
}

/** `countPadding` → count padding. */
const words = (name: string) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

function valueTex(value: unknown): string {
  if (typeof value === 'number') return String(value).replace('Infinity', '\\infty');
  if (typeof value === 'string') return value.startsWith('D_') ? value : `\\text{${value}}`;
  if (Array.isArray(value)) return `(${value.map(valueTex).join(',')})`;
  throw new Error(`an attribute of a formula is a ${typeof value}`);
}

function items(attributes: Attributes): string {
  return (attributes.items as readonly IndexItem[])
    .map((item) => {
      switch (item.kind) {
        case 'integer':
          return String(item.value);
        case 'slice':
          return `${item.start ?? ''}{:}${item.stop ?? ''}${item.step === undefined || item.step === 1 ? '' : `{:}${item.step}`}`;
        case 'newaxis':
          return '+';
        case 'ellipsis':
          return '\\ldots';
        case 'array':
          return (item.array as NdArray | string as string).toString();
      }
    })
    .join(', ');
}
