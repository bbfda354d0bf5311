/** The value of a row as one expression in its inputs, where every element comes from the elements in its place. */
import { apply, type Expr, num, size, sym } from '../symbolic/expr';
import { isScalarOp, RULES } from '../symbolic/rules';
import { primalSymbol } from './formulas';
import { OP_CONSTANT, OP_INPUT, OP_SCALAR, OP_TENSOR, type Ref, type Tape } from './tape';

/** Longer ones are not read by anybody. */
const LARGEST = 80;

/**
 * `undefined` where elements are mixed, or where the expression would be long. Inputs are symbols of {@link primalSymbol};
 * arrays that hold one number throughout are that number.
 */
export function elementwiseExpression(tape: Tape, output: Ref): Expr | undefined {
  const known = new Map<Ref, Expr | undefined>();
  const of = (row: Ref): Expr | undefined => {
    if (!known.has(row)) known.set(row, made(row));
    return known.get(row);
  };
  const made = (row: Ref): Expr | undefined => {
    const code = tape.code(row);
    if (code === OP_INPUT) return sym(primalSymbol(row));
    if (code === OP_CONSTANT) return constant(tape, row);
    if (code >= OP_TENSOR) {
      const { op, attributes } = tape.call(row);
      const isCopy = op === 'cast' && attributes['dtype'] === 'float64';
      return isCopy ? of(tape.operands(row)[0] as Ref) : undefined;
    }
    if (code < OP_SCALAR) return undefined;
    const operands = tape.operands(row).map(of);
    if (operands.some((e) => e === undefined)) return undefined;
    const op = tape.opName(row);
    if (!isScalarOp(op)) return undefined;
    const { value } = RULES[op];
    const e = apply(value.kind === 'intrinsic' ? value.kernel : op, ...(operands as Expr[]));
    return size(e) <= LARGEST ? e : undefined;
  };
  return of(output);
}

function constant(tape: Tape, row: Ref): Expr | undefined {
  if (!tape.isArray(row)) return num(tape.value[row] as number);
  const elements = tape.array(row).elements();
  const [first] = elements;
  return first !== undefined && elements.every((x) => x === first) ? num(first) : undefined;
}
