/** Numbers written out in the text. */
import type { Expr } from '../ast';

/** Whether an expression is written out without any name of the document. */
export function isLiteral(e: Expr): boolean {
  switch (e.kind) {
    case 'Constant':
      return e.value.type === 'int' || e.value.type === 'float';
    case 'UnaryOp':
      return (e.op === '-' || e.op === '+') && isLiteral(e.operand);
    case 'BinOp':
      return isLiteral(e.left) && isLiteral(e.right);
    case 'List':
    case 'Tuple':
      return e.elts.length > 0 && e.elts.every(isLiteral);
    case 'Call':
      if (isArrayMaker(e.func))
        return (
          e.args.length > 0 &&
          e.args.every((a) => isLiteral(a) || isRangeLike(a)) &&
          e.keywords.every((k) => k.arg === 'dtype')
        );
      return e.func.kind === 'Name' && e.func.id === 'float' && e.args.length === 1 && isLiteral(e.args[0] as Expr);
    default:
      return false;
  }
}

/** `np.array`, `tf.Variable`, `torch.tensor` … of numbers written out. */
function isArrayMaker(func: Expr): boolean {
  return func.kind === 'Attribute' && func.value.kind === 'Name' && MAKERS.has(func.attr);
}

const MAKERS = new Set(['array', 'asarray', 'Variable', 'tensor', 'constant', 'float64', 'float32']);

function isRangeLike(e: Expr): boolean {
  return e.kind === 'Call' && isArrayMaker(e.func) && isLiteral(e);
}
