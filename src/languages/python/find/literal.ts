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

/**
 * Whether an expression makes fresh numbers: zeros, ones or random draws, perhaps scaled or cast, of whatever size.
 * Parameters of models begin like this.
 */
export function isMaker(e: Expr): boolean {
  switch (e.kind) {
    case 'BinOp':
      return (isMaker(e.left) && isPlain(e.right)) || (isPlain(e.left) && isMaker(e.right));
    case 'List':
    case 'Tuple':
      return e.elts.length > 0 && e.elts.every(isMadeArray);
    case 'Dict':
      return e.items.length > 0 && e.items.every((item) => item.key !== undefined && isMadeArray(item.value));
    case 'ListComp':
      return isMadeArray(e.elt);
    case 'DictComp':
      return isMadeArray(e.value);
    case 'Call':
      if (e.func.kind !== 'Attribute') return false;
      return FRESH.has(e.func.attr) || (KEEPING.has(e.func.attr) && isMaker(e.func.value));
    default:
      return false;
  }
}

/** The members of a container of parameters: arrays, fresh or written out, and containers of such. */
function isMadeArray(e: Expr): boolean {
  return isMaker(e) || (e.kind === 'Call' && isLiteral(e));
}

const FRESH = new Set(
  'zeros ones full eye identity linspace rand randn random random_sample normal standard_normal uniform'.split(' '),
);
const KEEPING = new Set(['astype', 'reshape', 'copy']);

/** Numbers that scale what is made: literals, names, and functions of them. */
function isPlain(e: Expr): boolean {
  switch (e.kind) {
    case 'Name':
      return true;
    case 'Attribute':
      return isPlain(e.value);
    case 'Subscript':
      return isPlain(e.value);
    case 'BinOp':
      return isPlain(e.left) && isPlain(e.right);
    case 'Call':
      return e.args.every(isPlain) && e.keywords.length === 0;
    default:
      return isLiteral(e);
  }
}
