/**
 * Which leaves of a trace are parameters, and which are data. What the reader or the program says comes first (a gradient
 * that is asked for, an update in a loop), then the structure of products and sums, and last the customs of naming.
 */
import type { NamePath } from '../../model';
import { OP_CONSTANT, OP_INPUT, OP_TENSOR, type Ref, type TensorCall } from '../tape';
import type { Trace } from '../trace';
import { isArranging, isContraction } from './operations';
import { versionsOf } from './versions';

export type Role = 'parameter' | 'data';

/** Flags of a row: leaves of which roles reach it. A plain number that is written in the code reaches nothing. */
export const PARAMETER = 1;
export const DATA = 2;

export interface RoleHints {
  /** Inputs that the program updates. */
  readonly parameters?: ReadonlySet<Ref>;
}

export interface Roles {
  /** By row of the leaf. */
  readonly ofLeaf: ReadonlyMap<Ref, Role>;
  /** {@link PARAMETER} and {@link DATA}, by row. */
  readonly reach: Uint8Array;
  /** Rows that the output, or a decision before it, depends on; of versions of parameters only what comes after them. */
  readonly needed: Uint8Array;
  /** Rows that count as leaves: by row of the version of a parameter, the leaf that it began as. */
  readonly versions: ReadonlyMap<Ref, Ref>;
}

const PARAMETER_WORDS = new Set(
  'weight weights bias biases kernel filter filters coef coefs coefficient coefficients slope intercept param params'.split(
    ' ',
  ),
);
const DATA_WORDS = new Set(
  (
    'input inputs image images sample samples point points feature features data batch target targets label labels ' +
    'truth answer answers onehot output outputs true pred predicted observed train test ' +
    'hidden state prev previous next grad grads gradient gradients ' +
    'learning rate lr eta η step momentum decay epsilon eps lambda lam λ reg'
  ).split(' '),
);
const PARAMETER_LETTERS = new Set('w u v b c k m theta phi beta gamma alpha omega θ φ β γ α ω'.split(' '));
/** `Wxh`, `Uf`, `bh`: a weight or bias with the letters of what it belongs to. */
const LETTERED_PARAMETER = /^(?:[WU][a-z]{1,2}|[wb][a-z])$/;
/** Where an object that stands for a number keeps it. */
const NUMBER_FIELDS = new Set(['data', 'value', 'val']);
const DATA_LETTERS = new Set('x y t s z'.split(' '));

/** What a name suggests by custom; undefined where it suggests nothing. */
export function customOf(name: NamePath): Role | undefined {
  for (let i = name.length - 1; i >= 0; i--) {
    const part = name[i];
    if (part === undefined || typeof part === 'number') continue;
    const word = typeof part === 'string' ? part : part.key;
    if (i > 0 && i === name.length - 1 && NUMBER_FIELDS.has(word)) continue;
    const role = customOfWord(word);
    if (role) return role;
  }
  return undefined;
}

/** The last part of a name as it is written. */
export function wordOf(name: NamePath): string {
  const last = name[name.length - 1];
  return typeof last === 'object' ? last.key : String(last);
}

function customOfWord(text: string): Role | undefined {
  const plain = text
    .replace(/\\(?:mathbf|boldsymbol|mathrm|mathit|text|vec|hat|bar|tilde|bm)\b/g, '')
    .replace(/[\\{}^()]/g, '');
  const words = plain
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .split(/[_\s,]+/)
    .map((word) => word.replace(/[\d₀-₉']+/g, '').toLowerCase())
    .filter((word) => word !== '');
  const [first] = words;
  if (first === undefined) return undefined;
  if (LETTERED_PARAMETER.test(plain.replace(/[\d_]+$/, ''))) return 'parameter';
  if (PARAMETER_WORDS.has(words[words.length - 1] as string)) return 'parameter';
  if (PARAMETER_LETTERS.has(first) || PARAMETER_WORDS.has(first)) return 'parameter';
  if (DATA_LETTERS.has(first) || words.some((word) => DATA_WORDS.has(word))) return 'data';
  return words.length > 1 && DATA_LETTERS.has(words[words.length - 1] as string) ? 'data' : undefined;
}

/** Decides the roles of all leaves, in order of evaluation. */
export function rolesOf(trace: Trace, hints: RoleHints = {}): Roles {
  const { tape } = trace;
  const roles = new Map<Ref, Role>();
  const needed = neededRows(trace);
  const names = new Map(trace.inputs.map(({ row, name }) => [row, name]));
  for (const row of hints.parameters ?? []) roles.set(row, 'parameter');
  const suggestion = (leaf: Ref): Role | undefined => {
    const name = names.get(leaf);
    return roles.get(leaf) ?? (name && customOf(name));
  };
  const shapeOf = (row: Ref): readonly number[] => (tape.isArray(row) ? tape.array(row).shape : []);
  const reach = new Uint8Array(tape.length);
  const leafOf = new Int32Array(tape.length).fill(-1);
  /** Constants that weights multiply. */
  const numbers = new Set<Ref>();
  const decide = (leaf: Ref, role: Role) => {
    if (!roles.has(leaf)) roles.set(leaf, role);
  };

  /** The leaf that a row is made from, arranged or element by element with nothing but written numbers; −1 for none. */
  const aloneIn = (row: Ref): Ref => {
    if (tape.code(row) >= OP_TENSOR && !isArranging(tape.opName(row))) return -1;
    const from = tape.operands(row).filter((p) => tape.code(p) !== OP_CONSTANT);
    const leaf = from[0] === undefined ? -1 : (leafOf[from[0]] as Ref);
    return from.every((p) => leafOf[p] === leaf) ? leaf : -1;
  };

  // Products first: what weighs something computed is a weight.
  for (let row = 0; row < tape.length; row++) {
    const code = tape.code(row);
    if (code === OP_INPUT) leafOf[row] = row;
    if (code < 2 || !needed[row]) continue;
    const op = tape.opName(row);
    const operands = tape.operands(row);
    leafOf[row] = aloneIn(row);
    const product = isContraction(op) || op === 'mul';
    if (!product || operands.length !== 2) continue;
    const [a, b] = operands as [Ref, Ref];
    const [la, lb] = [leafOf[a] as Ref, leafOf[b] as Ref];
    const elementwise = op === 'mul';
    // A number that is written in the code is data where a named weight multiplies it, and a mere factor elsewhere.
    const plain = [a, b].find((p) => tape.code(p) === OP_CONSTANT && !tape.isArray(p));
    if (plain !== undefined) {
      const leaf = plain === a ? lb : la;
      if (leaf >= 0 && elementwise && shapeOf(leaf).length === 0 && suggestion(leaf) === 'parameter') {
        decide(leaf, 'parameter');
        numbers.add(plain);
      }
      continue;
    }
    if (la >= 0 && lb >= 0 && la !== lb) {
      const [sa, sb] = [suggestion(la), suggestion(lb)];
      if (sa === 'parameter' && sb === 'parameter') continue;
      if (sa === 'data' && sb === 'data') continue;
      // Elements are multiplied by elements for many reasons: there only a name tells that one of them is a weight.
      const isArray = shapeOf(a).length + shapeOf(b).length > 0;
      if (elementwise && isArray && sa !== 'parameter' && sb !== 'parameter') continue;
      // Where nothing tells: rows of examples stand left of a matrix of weights, a weight left of a number.
      const left = sa === 'parameter' || sb === 'data' || (sa === undefined && sb === undefined && elementwise);
      const matrix = shapeOf(a).length - shapeOf(b).length;
      const first = sa === undefined && sb === undefined && !elementwise && matrix !== 0 ? matrix > 0 : left;
      decide(first ? la : lb, 'parameter');
      decide(first ? lb : la, 'data');
    } else if (la >= 0 !== lb >= 0) {
      const leaf = la >= 0 ? la : lb;
      const other = la >= 0 ? b : a;
      const custom = suggestion(leaf);
      const constant = tape.code(other) === OP_CONSTANT;
      if (custom === 'data') decide(leaf, 'data');
      else if (!elementwise || constant || custom === 'parameter' || shapeOf(row).length === 0) {
        decide(leaf, 'parameter');
      }
    }
  }
  // Then sums: a bias has fewer axes than what it is added to, or a name that says so.
  for (let row = 0; row < tape.length; row++) {
    if (!needed[row] || tape.code(row) < 2) continue;
    const op = tape.opName(row);
    if (op !== 'add' && op !== 'sub') continue;
    const [a, b] = tape.operands(row) as [Ref, Ref];
    for (const [leaf, other] of [
      [leafOf[a] as Ref, b],
      [leafOf[b] as Ref, a],
    ] as const) {
      if (leaf < 0 || roles.has(leaf)) continue;
      const custom = suggestion(leaf);
      const size = tape.isArray(leaf) ? tape.array(leaf).size : 1;
      const smaller = tape.isArray(other) && size < tape.array(other).size;
      if (custom === 'parameter' || (custom === undefined && smaller)) roles.set(leaf, 'parameter');
    }
  }
  for (const { row, name } of trace.inputs) if (!roles.has(row)) roles.set(row, customOf(name) ?? 'data');

  const spread = (versions?: ReadonlyMap<Ref, Ref>) => {
    for (let row = 0; row < tape.length; row++) {
      const code = tape.code(row);
      reach[row] = 0;
      if (versions?.has(row)) reach[row] = PARAMETER;
      else if (code === OP_INPUT) reach[row] = roles.get(row) === 'parameter' ? PARAMETER : DATA;
      else if (code === OP_CONSTANT) reach[row] = tape.isArray(row) || numbers.has(row) ? DATA : 0;
      else for (const p of tape.operands(row)) reach[row] = (reach[row] as number) | (reach[p] as number);
    }
  };
  spread();
  const versions = versionsOf(trace, {
    isParameter: (leaf) => roles.get(leaf) === 'parameter',
    holdsData: (row) => ((reach[row] as number) & DATA) !== 0,
    needed,
  });
  if (versions.size === 0) return { ofLeaf: roles, reach, needed, versions };
  spread(versions);
  return { ofLeaf: roles, reach, needed: neededRows(trace, versions), versions };
}

/** Ancestors of the output, and of the decisions that were taken on the way to it. */
function neededRows(trace: Trace, versions?: ReadonlyMap<Ref, Ref>): Uint8Array {
  const { tape, output } = trace;
  let { guards } = trace;
  const needed = new Uint8Array(tape.length);
  needed[output] = 1;
  const constant = tape.code(output) === OP_CONSTANT;
  // Decisions in the steps of a training are no part of the network that came out of it.
  if (versions && !constant && !versions.has(output)) guards = [];
  let last = output;
  for (const { x, y } of guards) {
    if (x > output && !constant) continue;
    for (const row of y === undefined ? [x] : [x, y]) {
      needed[row] = 1;
      last = Math.max(last, row);
    }
  }
  for (let row = last; row >= 0; row--)
    if (needed[row] && !versions?.has(row)) for (const p of tape.operands(row)) needed[p] = 1;
  return needed;
}

/** The tensor call of a row, if it is one. */
export function callOf({ tape }: Trace, row: Ref): TensorCall | undefined {
  return tape.code(row) >= OP_TENSOR ? tape.call(row) : undefined;
}
