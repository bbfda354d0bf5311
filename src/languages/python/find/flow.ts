/**
 * Which values of a piece of code depend on its inputs by differentiable mathematics, judged from the text
 * alone: what is shown must be worth showing before anything is evaluated.
 */
import { printNamePath } from '../../../format/namePath';
import type { Expr, Stmt } from '../ast';
import { namePath } from '../compile/compiler';
import { innerBodies } from '../compile/functions';
import { forEachChild } from '../compile/scopes';

/** How a value depends on the inputs. */
export const enum Dependence {
  None = 0,
  /** The input itself, or a part of it, moved around. */
  Carried = 1,
  /** Through arithmetic that other code does as well: differences, products, quotients. */
  Arithmetic = 2,
  /** Through a product of two of them, or a quotient by one: the derivative depends on where it is taken. */
  Product = 3,
  /** Through a power or a smooth function. */
  Smooth = 4,
}

/** Functions of `math`, NumPy and the frameworks that nobody calls but for mathematics. */
const SMOOTH = new Set(
  (
    'exp expm1 exp2 log log2 log10 log1p sqrt cbrt pow power square sin cos tan asin acos atan atan2 arcsin arccos arctan ' +
    'arctan2 sinh cosh tanh asinh acosh atanh arcsinh arccosh arctanh erf erfc gamma lgamma hypot sigmoid expit softmax ' +
    'log_softmax relu leaky_relu softplus elu gelu silu selu maximum minimum dot matmul inner outer einsum tensordot norm ' +
    'mse_loss cross_entropy binary_cross_entropy nll_loss logsumexp reciprocal logaddexp'
  ).split(' '),
);

/** Functions whose result is data, not a differentiable value. */
const DATA = new Set(
  (
    'int len str repr bool range round floor ceil trunc isinstance type print format join argmax argmin sorted set dict ' +
    'hash id ord chr any all hasattr getattr open input isnan isinf isfinite isclose shape size ndim zeros_like ones_like'
  ).split(' '),
);

export interface Callee {
  /** What the result of a call of that function of the document depends on its arguments by. */
  (name: string): Dependence | undefined;
}

export class Flow {
  readonly known = new Map<string, Dependence>();
  /** The strongest dependence of a returned value. */
  returned: Dependence = Dependence.None;

  /** @param variablePower What a power is whose exponent depends on the inputs as well. */
  constructor(
    private readonly callee: Callee,
    private readonly variablePower: Dependence = Dependence.Smooth,
  ) {}

  statements(body: readonly Stmt[]): void {
    for (const s of body) this.statement(s);
  }

  private statement(s: Stmt): void {
    switch (s.kind) {
      case 'Assign': {
        const d = this.of(s.value);
        for (const t of s.targets) this.assign(t, s.value, d);
        break;
      }
      case 'AnnAssign':
        if (s.value) this.assign(s.target, s.value, this.of(s.value));
        break;
      case 'AugAssign': {
        const d = this.arithmetic(s.op, this.of(s.target), this.of(s.value), s.value, s.value);
        this.assign(s.target, s.value, Math.max(d, this.of(s.target)));
        break;
      }
      case 'For':
        this.bind(s.target, this.of(s.iter));
        // Twice: what one turn makes, the next one sees.
        this.statements(s.body);
        this.statements(s.body);
        this.statements(s.orelse);
        break;
      case 'Return':
        if (s.value) this.returned = Math.max(this.returned, this.of(s.value));
        break;
      case 'Expr':
        this.of(s.value);
        break;
      case 'While':
        this.statements(s.body);
        this.statements(s.body);
        break;
      case 'Broken':
        // A very long sum, say: whatever it is made of.
        if (s.assigns?.length === 0) this.returned = Dependence.Smooth;
        for (const name of s.assigns ?? []) this.known.set(name, Dependence.Smooth);
        break;
      case 'With':
        for (const { context, target } of s.items) if (target) this.bind(target, this.of(context));
        this.statements(s.body);
        break;
      default:
        for (const inner of innerBodies(s)) this.statements(inner);
    }
  }

  private assign(target: Expr, value: Expr, dependence: Dependence): void {
    if (target.kind === 'Tuple' && value.kind === 'Tuple' && target.elts.length === value.elts.length) {
      const parts = value.elts.map((e) => this.of(e));
      target.elts.forEach((t, i) => this.bind(t, parts[i] as Dependence));
    } else this.bind(target, dependence);
  }

  private bind(target: Expr, dependence: Dependence): void {
    switch (target.kind) {
      case 'Name':
        this.known.set(target.id, dependence);
        break;
      case 'Tuple':
      case 'List':
        for (const t of target.elts) this.bind(t, dependence);
        break;
      case 'Starred':
        this.bind(target.value, dependence);
        break;
      case 'Subscript':
      case 'Attribute': {
        // A part of an object: the whole object may depend now.
        const path = namePath(target);
        if (path) this.raise(printNamePath(path), dependence);
        const base = namePath(target.value);
        if (base && target.kind === 'Subscript') this.raise(printNamePath(base), dependence);
        break;
      }
      default:
    }
  }

  private raise(name: string, dependence: Dependence): void {
    this.known.set(name, Math.max(this.known.get(name) ?? Dependence.None, dependence));
  }

  /** The dependence of an expression. */
  of(e: Expr): Dependence {
    switch (e.kind) {
      case 'Name':
        return this.known.get(e.id) ?? Dependence.None;
      case 'Attribute': {
        const path = namePath(e);
        const own = path && this.known.get(printNamePath(path));
        if (own !== undefined) return own;
        if (e.attr === 'shape' || e.attr === 'size' || e.attr === 'ndim' || e.attr === 'dtype') return Dependence.None;
        return this.of(e.value);
      }
      case 'Subscript':
        // `np.r_[a, b]` joins what it is indexed by.
        return e.value.kind === 'Attribute' && (e.value.attr === 'r_' || e.value.attr === 'c_')
          ? this.of(e.slice)
          : this.of(e.value);
      case 'BinOp':
        return this.arithmetic(e.op, this.of(e.left), this.of(e.right), e.left, e.right);
      case 'UnaryOp': {
        if (e.op === 'not' || e.op === '~') return Dependence.None;
        const d = this.of(e.operand);
        return d > Dependence.None && e.op === '-' ? Math.max(d, Dependence.Arithmetic) : d;
      }
      case 'IfExp':
        return Math.max(this.of(e.body), this.of(e.orelse));
      case 'BoolOp':
        return e.values.reduce((most, v) => Math.max(most, this.of(v)), Dependence.None);
      case 'Compare':
      case 'JoinedStr':
      case 'Constant':
      case 'Lambda':
        return Dependence.None;
      case 'Call':
        return this.call(e);
      case 'NamedExpr': {
        const d = this.of(e.value);
        this.known.set(e.target.id, d);
        return d;
      }
      case 'ListComp':
      case 'SetComp':
      case 'GeneratorExp':
      case 'DictComp': {
        for (const g of e.generators) this.bind(g.target, this.of(g.iter));
        return this.of(e.kind === 'DictComp' ? e.value : e.elt);
      }
      default: {
        let d: Dependence = Dependence.None;
        forEachChild(e, (child) => {
          d = Math.max(d, this.of(child));
        });
        return d;
      }
    }
  }

  private arithmetic(op: string, left: Dependence, right: Dependence, l: Expr, r: Expr): Dependence {
    const both = Math.max(left, right);
    if (both === Dependence.None || isText(l) || isText(r)) return Dependence.None;
    switch (op) {
      case '**':
        // A constant to a variable power (a doubling delay) is everybody's arithmetic.
        if (left === Dependence.None) return Math.max(both, Dependence.Arithmetic);
        return right === Dependence.None ? Dependence.Smooth : Math.max(both, this.variablePower);
      case '@':
        return Dependence.Smooth;
      case '*':
        return Math.max(
          both,
          left !== Dependence.None && right !== Dependence.None ? Dependence.Product : Dependence.Arithmetic,
        );
      case '/':
        return Math.max(both, right !== Dependence.None ? Dependence.Product : Dependence.Arithmetic);
      case '-':
        return Math.max(both, Dependence.Arithmetic);
      case '+':
        return both;
      default:
        return Dependence.None;
    }
  }

  private call(e: Expr & { kind: 'Call' }): Dependence {
    const given = [...e.args.map((a) => this.of(a)), ...e.keywords.map((k) => this.of(k.value))];
    const receiver = e.func.kind === 'Attribute' ? this.of(e.func.value) : Dependence.None;
    // An object that holds inputs, called as a function.
    const called = e.func.kind === 'Name' ? this.of(e.func) : Dependence.None;
    const strongest = Math.max(receiver, called, Dependence.None, ...given);
    if (strongest === Dependence.None) return Dependence.None;
    if (called > Dependence.None) return Math.max(strongest, this.callee('__call__') ?? Dependence.None);
    const name = e.func.kind === 'Attribute' ? e.func.attr : e.func.kind === 'Name' ? e.func.id : '';
    if (DATA.has(name)) return Dependence.None;
    const own = e.func.kind === 'Name' || !isModuleCall(e.func) ? this.callee(name) : undefined;
    if (own !== undefined) return own === Dependence.None ? Dependence.None : Math.max(strongest, own);
    // Powers modulo a number are whole numbers.
    if (e.func.kind === 'Name' && name === 'pow' && e.args.length === 3) return Dependence.None;
    if (name === 'log' && e.args.some((a) => a.kind === 'Starred' || isMessage(a))) return strongest;
    if (SMOOTH.has(name) && isMathModule(e.func)) return Dependence.Smooth;
    // `x.reshape(n, -1).dot(w)`
    if (name === 'dot' && receiver > Dependence.None) return Dependence.Smooth;
    return strongest;
  }
}

/** `np.dot`: a function of a module, by the short names that numeric files give their libraries. */
function isModuleCall(func: Expr): boolean {
  return (
    func.kind === 'Attribute' &&
    func.value.kind === 'Name' &&
    /^(np|numpy|jnp|tf|torch|F|nn|math|onp|anp)$/.test(func.value.id)
  );
}

/** `np.exp` or a bare `exp`, not `self.power`. */
function isMathModule(func: Expr): boolean {
  if (func.kind === 'Name') return true;
  const path = namePath(func);
  return path !== undefined && path[0] !== 'self';
}

function isText(e: Expr): boolean {
  return isMessage(e) || (e.kind === 'Constant' && e.value.type === 'bytes') || e.kind === 'List';
}

/** Text written out, as a logger is given. */
function isMessage(e: Expr): boolean {
  return (e.kind === 'Constant' && e.value.type === 'str') || e.kind === 'JoinedStr';
}
