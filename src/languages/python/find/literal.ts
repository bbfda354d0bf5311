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
      return e.func.kind === 'Name' && e.func.id === 'float' && e.args.length === 1 && isLiteral(e.args[0] as Expr);
    default:
      return false;
  }
}
