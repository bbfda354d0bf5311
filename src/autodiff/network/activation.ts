/**
 * The function that a layer applies to its pre-activation, recognised by its values: relu written as a comparison, a
 * maximum or a mask is the same function.
 */
import { readSymbol, primalFormula } from '../formulas';
import { Recorder } from '../recorder';
import { ScalarTape } from '../replay';
import { OP_CONSTANT, OP_SCALAR, OP_TENSOR, type Ref } from '../tape';
import type { Trace } from '../trace';
import { type Expr, num, substitute, sym } from '../../symbolic/expr';
import { isScalarOp } from '../../symbolic/rules';
import { simplify } from '../../symbolic/simplify';
import { toText } from '../../symbolic/text';
import { isArranging } from './operations';

export interface Activation {
  /** The row of the layer's output; the pre-activation itself where nothing is applied. */
  readonly row: Ref;
  /** A name of the field, or `custom`. */
  readonly name: string;
  /** As a formula in z. */
  readonly text: string;
  /** Undefined where its elements depend on each other (softmax). */
  readonly at: ((z: number) => { readonly value: number; readonly slope: number }) | undefined;
}

interface Known {
  readonly name: string;
  readonly text: string;
  readonly value: (z: number) => number;
  readonly slope: (z: number) => number;
}

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
/** GELU in its tanh form: u and du/dz. */
const gelu = (z: number): [number, number] => [
  Math.tanh(Math.sqrt(2 / Math.PI) * (z + 0.044715 * z ** 3)),
  Math.sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * z ** 2),
];

/** Activations by the names of the field. Slopes at a kink are 0, as for mathematics and NumPy. */
const KNOWN: readonly Known[] = [
  { name: 'ReLU', text: 'max(0, z)', value: (z) => Math.max(0, z), slope: (z) => Number(z > 0) },
  { name: 'sigmoid', text: 'σ(z)', value: sigmoid, slope: (z) => sigmoid(z) * sigmoid(-z) },
  { name: 'tanh', text: 'tanh z', value: Math.tanh, slope: (z) => 1 - Math.tanh(z) ** 2 },
  {
    name: 'softplus',
    text: 'ln(1 + e^z)',
    value: (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))),
    slope: sigmoid,
  },
  { name: 'SiLU', text: 'z σ(z)', value: (z) => z * sigmoid(z), slope: (z) => sigmoid(z) * (1 + z * sigmoid(-z)) },
  {
    name: 'GELU',
    text: '½ z (1 + tanh(√(2/π) (z + 0.044715 z³)))',
    value: (z) => 0.5 * z * (1 + gelu(z)[0]),
    slope: (z) => 0.5 * (1 + gelu(z)[0]) + 0.5 * z * (1 - gelu(z)[0] ** 2) * gelu(z)[1],
  },
  { name: 'step', text: '1 where z > 0, else 0', value: (z) => Number(z > 0), slope: () => 0 },
  { name: 'sign', text: 'sign z', value: Math.sign, slope: () => 0 },
];

/** Points that no kink and no zero of a usual activation hits. */
const GRID = Array.from({ length: 41 }, (_, i) => -7.01 + 0.353 * i);
const LARGEST_REGION = 60;
/** Steps after the scores among which a softmax is looked for. */
const SOFTMAX_STEPS = 40;

export interface ActivationSearch {
  readonly trace: Trace;
  readonly users: ReadonlyMap<Ref, readonly Ref[]>;
  readonly needed: Uint8Array;
  /** Rows that the layers weigh: where one begins, the activation of the layer before ends. */
  readonly weighed: ReadonlySet<Ref>;
  /** Functions that were recognised before, by the steps that they are made of. */
  readonly known: Map<string, Omit<Activation, 'row'>>;
}

/** What is applied to the pre-activation `z` before the next layer, or before the loss. */
export function activationOf(search: ActivationSearch, z: Ref): Activation {
  const identity: Activation = { row: z, name: 'identity', text: 'z', at: (x) => ({ value: x, slope: 1 }) };
  const { trace, weighed } = search;
  const region = regionOf(search, z);
  const next = region.filter((row) => weighed.has(row)).pop();
  if (next !== undefined) return next === z ? identity : named(search, region, z, next);
  const through = chokePoints(search, region, z).filter((row) => row !== z);
  let last: Activation | undefined;
  for (const row of through) {
    const found = named(search, region, z, row);
    if (found.name !== 'custom' && found.name !== 'identity') return found;
    // A function without a name of its own counts where the program gives its result one.
    const isNamed = trace.bindings.some((b) => b.row === row);
    if (found.name === 'custom' && isNamed && !isLossTerm(search, row)) last = found;
  }
  return last ?? softmaxOf(search, z) ?? identity;
}

/** Steps that add terms up. */
const ADDING = new Set(['add', 'sub', 'neg', 'sum', 'mean', 'reshape', 'cast', 'index']);

/** Whether all that is done with a row on the way to the loss is to add it up: then it is a part of the loss itself. */
function isLossTerm({ trace: { tape, output }, users, needed }: ActivationSearch, row: Ref): boolean {
  const stack = [row];
  const seen = new Set(stack);
  while (stack.length > 0) {
    const r = stack.pop() as Ref;
    for (const user of users.get(r) ?? []) {
      if (!needed[user] || user > output || seen.has(user)) continue;
      const op = tape.opName(user);
      const scaled =
        (op === 'mul' || op === 'div') && tape.operands(user).some((p) => tape.code(p) === OP_CONSTANT && p !== r);
      if (!ADDING.has(op) && !scaled) return false;
      seen.add(user);
      stack.push(user);
    }
  }
  return true;
}

/** Rows that are computed from z and written numbers alone, element by element; z itself first. */
function regionOf({ trace, users, needed }: ActivationSearch, z: Ref): Ref[] {
  const { tape } = trace;
  const region = new Set([z]);
  const queue = [z];
  const shape = shapeText(trace, z);
  while (queue.length > 0 && region.size < LARGEST_REGION) {
    const next = queue.shift() as Ref;
    for (const row of users.get(next) ?? []) {
      if (region.has(row) || !needed[row] || !isElementwise(trace, row)) continue;
      const inside = tape
        .operands(row)
        .every((p) => region.has(p) || (tape.code(p) === OP_CONSTANT && uniform(trace, p) !== undefined));
      if (!inside || (!isArranging(tape.opName(row)) && shapeText(trace, row) !== shape)) continue;
      region.add(row);
      queue.push(row);
    }
  }
  return [...region].sort((a, b) => a - b);
}

function isElementwise({ tape }: Trace, row: Ref): boolean {
  if (tape.code(row) < OP_TENSOR) return tape.code(row) >= OP_SCALAR;
  const op = tape.opName(row);
  return op === 'where' || op === 'set_index' || op === 'cast' || op === 'mark';
}

/** The number that all elements of a constant have; undefined where they differ. */
function uniform({ tape }: Trace, row: Ref): number | undefined {
  if (!tape.isArray(row)) return tape.value[row];
  const elements = tape.array(row).elements();
  const first = elements[0];
  return first !== undefined && elements.every((x: number) => x === first) ? first : undefined;
}

function shapeText({ tape }: Trace, row: Ref): string {
  return tape.isArray(row) ? tape.array(row).shape.join() : '';
}

/** Rows of a region that every way out of it passes. */
function chokePoints({ users, trace, needed }: ActivationSearch, region: readonly Ref[], z: Ref): Ref[] {
  const inside = new Set(region);
  // What is computed beside the way to the loss (a derivative, a printout) takes nothing out of it.
  const leaves = (row: Ref) =>
    row === trace.output || (users.get(row) ?? []).some((u) => needed[u] !== 0 && !inside.has(u));
  const escapes = (without: Ref): boolean => {
    const stack = [z];
    const seen = new Set([z]);
    while (stack.length > 0) {
      const row = stack.pop() as Ref;
      if (row === without) continue;
      if (leaves(row)) return true;
      for (const user of users.get(row) ?? []) {
        if (!inside.has(user) || seen.has(user)) continue;
        seen.add(user);
        stack.push(user);
      }
    }
    return false;
  };
  return region.filter((row) => !escapes(row));
}

/** The function from z to a row of its region. */
function named({ trace, known }: ActivationSearch, region: readonly Ref[], z: Ref, row: Ref): Activation {
  const steps = stepsOf(trace, region, z, row);
  const before = steps === undefined ? undefined : known.get(steps);
  if (before) return { ...before, row };
  const at = functionBetween(trace, region, z, row);
  if (!at || steps === undefined) return byElements(trace, z, row);
  const found = recognised(trace, region, z, row, at);
  known.set(steps, found);
  return { ...found, row };
}

function recognised(
  trace: Trace,
  region: readonly Ref[],
  z: Ref,
  row: Ref,
  at: NonNullable<Activation['at']>,
): Omit<Activation, 'row'> {
  const known = KNOWN.find((k) => GRID.every((x) => near(at(x).value, k.value(x))));
  if (known) return { name: known.name, text: known.text, at };
  const parametric = family((x) => at(x).value);
  if (parametric) return { ...parametric, at };
  const formula = formulaBetween(trace, region, z, row);
  return { name: 'custom', text: formula === undefined ? '' : toText(formula), at };
}

/** The steps from z to a row as a text, the same for the same function; undefined where masks take part. */
function stepsOf({ tape }: Trace, region: readonly Ref[], z: Ref, row: Ref): string | undefined {
  const wanted = ancestorsIn(region, row, (r) => tape.operands(r));
  const order = new Map([[z, 0]]);
  const steps: string[] = [];
  for (const r of region) {
    if (r === z || !wanted.has(r)) continue;
    const op = tape.opName(r);
    if (!isScalarOp(op) && op !== 'cast' && op !== 'mark') return undefined;
    order.set(r, order.size);
    const operands = tape.operands(r).map((p) => order.get(p) ?? `=${uniformOf(tape.ndarray(p).elements())}`);
    steps.push(`${op} ${operands.join(' ')}`);
  }
  return steps.join('; ');
}

/** Families with one number: leaky ReLU, ELU, a ReLU that begins elsewhere, scaled identity. */
function family(f: (z: number) => number): { name: string; text: string } | undefined {
  if (GRID.every((x) => near(f(x), x))) return { name: 'identity', text: 'z' };
  const far = 1e4;
  const begin = far - f(far);
  if (near(f(2 * far), 2 * far - begin) && GRID.every((x) => near(f(x), Math.max(0, x - begin)))) {
    return { name: 'shifted ReLU', text: `max(0, z ${begin < 0 ? '+' : '−'} ${short(Math.abs(begin))})` };
  }
  const leak = -f(-1);
  if (GRID.every((x) => near(f(x), x > 0 ? x : leak * x))) {
    return { name: 'leaky ReLU', text: `z where z > 0, else ${short(leak)} z` };
  }
  const alpha = f(-1) / (Math.exp(-1) - 1);
  if (alpha > 0 && GRID.every((x) => near(f(x), x > 0 ? x : alpha * Math.expm1(x)))) {
    return { name: 'ELU', text: `z where z > 0, else ${short(alpha)} (e^z − 1)` };
  }
  return undefined;
}

const short = (x: number) => String(Number(x.toPrecision(6)));

/** What masks and assignments make of z is told by what they made of its elements. */
function byElements({ tape }: Trace, z: Ref, row: Ref): Activation {
  const before = Float64Array.from(tape.ndarray(z).elements());
  const after = Float64Array.from(tape.ndarray(row).elements());
  const custom: Activation = { row, name: 'custom', text: '', at: undefined };
  if (before.length !== after.length || before.length === 0) return custom;
  const fits = (f: (x: number) => number) => before.every((x, i) => x === 0 || near(f(x), after[i] as number));
  const known = KNOWN.find((k) => fits(k.value));
  if (known)
    return { row, name: known.name, text: known.text, at: (x) => ({ value: known.value(x), slope: known.slope(x) }) };
  if (fits((x) => x)) return { row, name: 'identity', text: 'z', at: (x) => ({ value: x, slope: 1 }) };
  const i = before.findIndex((x) => x < 0);
  const leak = i < 0 ? NaN : (after[i] as number) / (before[i] as number);
  if (Number.isFinite(leak) && fits((x) => (x > 0 ? x : leak * x))) {
    return {
      row,
      name: 'leaky ReLU',
      text: `z where z > 0, else ${short(leak)} z`,
      at: (x) => (x > 0 ? { value: x, slope: 1 } : { value: leak * x, slope: leak }),
    };
  }
  return custom;
}

function near(x: number, y: number): boolean {
  return Math.abs(x - y) <= 1e-9 * Math.max(1, Math.abs(x), Math.abs(y));
}

/** The steps between z and a row as a function of one number, with its derivative; undefined where masks take part. */
function functionBetween({ tape, dialect }: Trace, region: readonly Ref[], z: Ref, row: Ref): Activation['at'] {
  const recorder = new Recorder({ dialect, spans: () => [] });
  const copies = new Map<Ref, Ref>([[z, recorder.input(['z'], 0.3, { kind: 'assumed' }, -1)]]);
  const wanted = ancestorsIn(region, row, (r) => tape.operands(r));
  for (const r of region) {
    if (r === z || !wanted.has(r)) continue;
    const op = tape.opName(r);
    const [a, b] = tape.operands(r).map((p) => {
      const known = copies.get(p);
      return known ?? recorder.constant(uniformOf(tape.ndarray(p).elements()));
    });
    if (op === 'cast' || op === 'mark') copies.set(r, a as Ref);
    else if (!isScalarOp(op)) return undefined;
    else copies.set(r, recorder.scalar(op, -1, a as Ref, b ?? (a as Ref)));
  }
  const output = copies.get(row);
  if (output === undefined) return undefined;
  const input = copies.get(z) as Ref;
  const replay = ScalarTape.of(recorder.tape);
  return (x) => {
    replay.setInput(input, x);
    replay.replay();
    return { value: replay.value(output), slope: replay.tangents(input)[output] as number };
  };
}

function uniformOf(elements: ArrayLike<number>): number {
  return elements[0] ?? NaN;
}

function ancestorsIn(region: readonly Ref[], row: Ref, operands: (row: Ref) => readonly Ref[]): Set<Ref> {
  const inside = new Set(region);
  const wanted = new Set<Ref>();
  const stack = [row];
  while (stack.length > 0) {
    const r = stack.pop() as Ref;
    if (!inside.has(r) || wanted.has(r)) continue;
    wanted.add(r);
    stack.push(...operands(r));
  }
  return wanted;
}

function formulaBetween({ tape }: Trace, region: readonly Ref[], z: Ref, row: Ref): Expr | undefined {
  const done = new Map<Ref, Expr>([[z, sym('z')]]);
  for (const r of region) {
    if (r === z) continue;
    const parts = substitute(primalFormula(tape, r), (name) => {
      const p = readSymbol(name)?.row ?? -1;
      return done.get(p) ?? (p >= 0 ? num(uniformOf(tape.ndarray(p).elements())) : undefined);
    });
    done.set(r, parts);
    if (r === row) return simplify(parts);
  }
  return undefined;
}

/** A row after z that is the softmax of it, along its last axis or its first: told by its values. */
function softmaxOf({ trace, needed }: ActivationSearch, z: Ref): Activation | undefined {
  const { tape } = trace;
  if (!tape.isArray(z)) return undefined;
  const array = tape.array(z);
  const scores = Float64Array.from(array.elements());
  const classes = array.shape.at(-1) ?? 1;
  const rows = array.size / Math.max(1, classes);
  const candidates = [softmaxAlong(scores, classes, 1, classes)];
  if (array.ndim === 2) candidates.push(softmaxAlong(scores, rows, classes, 1));
  const wanted = candidates.filter((c) => c !== undefined);
  if (candidates.every((c) => c === undefined)) return undefined;
  for (let row = z + 1; row <= Math.min(trace.output, z + SOFTMAX_STEPS); row++) {
    if (!needed[row] || !tape.isArray(row) || tape.array(row).size !== array.size) continue;
    const elements = tape.array(row).elements();
    if (wanted.some((expected) => expected.every((p, i) => near(p, elements[i] as number))))
      return { row, name: 'softmax', text: 'e^z / Σ e^z', at: undefined };
  }
  return undefined;
}

/** Groups of `count` elements that lie `stride` apart; `next` from one group to the following. */
function softmaxAlong(scores: Float64Array, count: number, stride: number, next: number): Float64Array | undefined {
  if (count < 2) return undefined;
  const result = new Float64Array(scores.length);
  for (let g = 0; g < scores.length / count; g++) {
    const at = (i: number) => g * next + i * stride;
    let top = -Infinity;
    for (let i = 0; i < count; i++) top = Math.max(top, scores[at(i)] as number);
    let sum = 0;
    for (let i = 0; i < count; i++) sum += Math.exp((scores[at(i)] as number) - top);
    for (let i = 0; i < count; i++) result[at(i)] = Math.exp((scores[at(i)] as number) - top) / sum;
  }
  return result;
}
