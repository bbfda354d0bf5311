/**
 * What composites are written in: the operations of arrays and numbers as Python values. A composite that is written in
 * these has its derivative, its steps and its unknowns from them.
 */
import type { ScalarOp } from '../../../symbolic/rules';
import type { Site } from '../../../model';
import { type IndexItem, map, NdArray, weakFloat, weakInt } from '../../../tensor';
import type { Runtime } from '../runtime';
import { PyFloat, PyUnknown, type PyValue, Traced } from '../values/object';
import { arrayOfRow, type Operand, operand, wrap } from './array';
import { binaryArrays, lifted } from './arithmetic';
import { numeric } from './errors';
import { look } from './guards';
import { knownOperands, tensor } from './tensors';

/** A value of Python, plain numbers of JavaScript (as NumPy's Python floats), or plain data. */
export type Term = PyValue | NdArray;

export interface Composer {
  /** An operand as a value. */
  of(x: Operand): PyValue;
  add(a: Term, b: Term): PyValue;
  sub(a: Term, b: Term): PyValue;
  mul(a: Term, b: Term): PyValue;
  div(a: Term, b: Term): PyValue;
  pow(a: Term, b: Term): PyValue;
  neg(a: Term): PyValue;
  matmul(a: Term, b: Term): PyValue;
  /** A primitive of the rule table. */
  apply(op: ScalarOp, a: Term, b?: Term): PyValue;
  /** A tensor primitive. */
  tensor(op: string, operands: readonly Term[], attributes?: Readonly<Record<string, unknown>>): PyValue;
  where(condition: NdArray, a: Term, b: Term): PyValue;
  index(a: Term, items: readonly IndexItem[]): PyValue;
  /** The whole part, which is data; replay must find the same. */
  trunc(a: Term): PyValue;
  /** The numbers of a value, for conditions; the derivative does not follow them. */
  data(a: Term): NdArray | PyUnknown;
}

export function compose(rt: Runtime, site: Site): Composer {
  const read = (term: Term): Operand | PyUnknown => {
    if (term instanceof NdArray) return { nd: term, row: undefined };
    // Whole numbers leave integers integers.
    if (typeof term === 'number')
      return {
        nd: Number.isSafeInteger(term) && !Object.is(term, -0) ? weakInt(term) : weakFloat(term),
        row: undefined,
      };
    return operand(rt, term, site);
  };
  const op = (symbol: '+' | '-' | '*' | '/' | '**') => (a: Term, b: Term) => {
    const operands = knownOperands([read(a), read(b)]);
    if (operands instanceof PyUnknown) return operands;
    return binaryArrays(rt, symbol, operands[0] as Operand, operands[1] as Operand, site) as PyValue;
  };
  const call = (name: string, operands: readonly Term[], attributes: Readonly<Record<string, unknown>> = {}) => {
    const known = knownOperands(operands.map(read));
    if (known instanceof PyUnknown) return known;
    return tensor(rt, name, known, attributes, site, known[0]?.nd.dtype === 'float32' ? 'float32' : undefined);
  };
  const composer: Composer = {
    of: (x) => {
      if (x.row === undefined) return wrap(rt, x.nd);
      return x.nd.ndim === 0 && rt.recorder?.tape.isArray(x.row) === false
        ? new Traced(new PyFloat(x.nd.item()), x.row)
        : arrayOfRow(rt, x.row, x.nd.dtype);
    },
    add: op('+'),
    sub: op('-'),
    mul: op('*'),
    div: op('/'),
    pow: op('**'),
    matmul: (a, b) => call('matmul', [a, b]),
    neg: (a) => composer.apply('neg', a),
    apply: (name, a, b) => {
      const operands = knownOperands(b === undefined ? [read(a)] : [read(a), read(b)]);
      if (operands instanceof PyUnknown) return operands;
      const [x, y] = operands as [Operand, Operand?];
      return numeric(rt, site, () => lifted(rt, name, site, x, y));
    },
    tensor: call,
    where: (condition, a, b) => call('where', [a, b], { condition }),
    index: (a, items) => call('index', [a], { items }),
    trunc: (a) => {
      const x = read(a);
      if (x instanceof PyUnknown) return x;
      look(rt, 'trunc', x, undefined, site);
      return wrap(rt, map(Math.trunc, x.nd, x.nd.dtype));
    },
    data: (a) => {
      const x = read(a);
      return x instanceof PyUnknown ? x : x.nd;
    },
  };
  return composer;
}
