/**
 * From the syntax of a formula to an expression in scalar primitives. What cannot be read with certainty is a
 * {@link LoweringError} with its reason and its range: never a guess.
 */
import type { Span } from '../../model';
import {
  add,
  apply,
  div,
  E,
  evaluate,
  type Expr,
  fn,
  mul,
  neg,
  num,
  PI,
  pow,
  sub,
  substitute,
  sym,
  symbols,
  where,
} from '../../symbolic';
import { isIntegral, boundName, derivativeOf, freeNames, integralSymbol, type Limit, replaced } from './integrals';
import { holdsInfinity, integralParts } from './integralSyntax';
import { limitOf } from './limits';
import { nameToText } from './names';
import { derivativeName } from './unknownDerivatives';
import { USUAL_FUNCTIONS } from './conventions';
import { binomial, factorial, FUNCTION_MEANINGS, logarithm, USUAL_MEANINGS } from './meaning';
import { refusal } from './refusals';
import {
  bare,
  type BigNode,
  type BinaryNode,
  type CallNode,
  type CasesNode,
  type DerivativeNode,
  type EvaluatedNode,
  type IndexedNode,
  type IntegralNode,
  type LimitNode,
  type Node,
  type RelationNode,
  type SymbolNode,
  walk,
} from './tree';

export class LoweringError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly span: Span,
    /** The formula that `span` belongs to. */
    readonly place?: Place,
  ) {
    super(message);
    this.name = 'LoweringError';
  }
}

/** A function that the document defines. */
export interface FunctionDefinition {
  readonly parameters: readonly string[];
  readonly body: Node;
  readonly place: Place;
}

/** Which formula a node belongs to: the owner of its offsets. */
export type Place = object;

/** What the document says about names, at the place where the formula stands. */
export interface Names {
  /** A definition as a function. */
  function(name: string): FunctionDefinition | undefined;
  /** Whether the name is defined as a value. */
  isValue(name: string): boolean;
  /** What a defined name stands for, one step: undefined for one that has no definition. */
  definition(name: string): Expr | undefined;
  /** What a name stands for as an expression of others, even where its last definition is a number. */
  expression(name: string): Expr | undefined;
  /** The number that a name is said to be. */
  number(name: string): number | undefined;
  /** Whether functions of the name take different arguments: H(p) and H(p, q). */
  isOverloaded?(name: string): boolean;
  /** Whether a prime behind the name makes another name of it: x′ = x + h. */
  isPrimed?(name: string): boolean;
}

export interface LowerOptions {
  /**
   * How a derivative treats what stands between: `total` follows every definition down to the variable, `explicit` stops at
   * the first expression in which the variable is written.
   */
  readonly derivatives?: 'total' | 'explicit';
  /** Derivatives of names that have no definition: not read, which is the default, or symbols of their own. */
  readonly unknownDerivatives?: 'symbols';
  /** Reads the other way what has two readings: a/bc as a/(bc), ∂f/∂x² as a second derivative. */
  readonly otherwise?: true;
  /** What \log without a base is to; e, where it is left out. */
  readonly logarithms?: 2 | 10;
}

/** Terms that one sum may have. */
const MAX_TERMS = 10_000;
const MAX_CALLS = 64;

export interface Lowered {
  readonly expr: Expr;
  /** A derivative came out as zero only because no definition leads from its variable to its operand. */
  readonly disconnected: boolean;
}

/** Lowers one node. `place` is recorded as the origin of every expression that is made, in `origins`. */
export function lower(node: Node, names: Names, place: Place, origins: Origins, options: LowerOptions = {}): Lowered {
  const lowering = new Lowering(names, origins, options);
  const expr = lowering.at(place, node);
  return { expr, disconnected: lowering.disconnected };
}

export interface Origin {
  readonly place: Place;
  readonly node: Node;
}

/** Where each expression is written, by identity. */
export type Origins = WeakMap<Expr, Origin>;

class Lowering {
  disconnected = false;
  private place: Place = {};
  /** Values of bound indices and parameters. */
  private readonly bound = new Map<string, Expr>();
  private calls = 0;

  constructor(
    private readonly names: Names,
    private readonly origins: Origins,
    private readonly options: LowerOptions,
  ) {}

  at(place: Place, node: Node): Expr {
    const outer = this.place;
    this.place = place;
    const expr = this.lower(node);
    this.place = outer;
    return expr;
  }

  private fail(code: string, message: string, span: Span): never {
    throw new LoweringError(code, message, span, this.place);
  }

  private lower(node: Node): Expr {
    const expr = this.read(node);
    if (!this.origins.has(expr)) this.origins.set(expr, { place: this.place, node });
    return expr;
  }

  private read(node: Node): Expr {
    switch (node.kind) {
      case 'number':
        return num(node.value);
      case 'symbol':
        return this.symbol(node.name, node);
      case 'indexed':
        return this.indexed(node);
      case 'group':
        return this.lower(node.body);
      case 'annotated':
        if (node.command === 'pm') return this.fail('ambiguous', '± stands for two values', node);
        return this.lower(node.body);
      case 'negative':
        return neg(this.lower(node.operand));
      case 'binary':
        if (node.op === 'hadamard' || node.sign.includes('oslash')) {
          this.requireScalar(node.left);
          this.requireScalar(node.right);
        }
        if (node.op === 'mul') {
          if (isDerivativeAt(node)) return this.derivativeAt(node);
          this.refuseOperatorProduct(node);
          const fraction = this.options.otherwise && slashBefore(node);
          if (fraction)
            return div(
              this.lower(fraction.above),
              fraction.below.map((n) => this.lower(n)).reduce((a, b) => mul(a, b)),
            );
        }
        return this.binary(node.op, this.lower(node.left), this.lower(node.right), node);
      case 'power':
        return pow(this.lower(node.base), this.lower(node.exponent));
      case 'root':
        return this.root(node.radicand, node.index);
      case 'percent':
        return div(this.lower(node.operand), num(100));
      case 'degree':
        // 25 °C is no angle.
        return node.scale ? this.refuse(node) : mul(this.lower(node.operand), div(PI, num(180)));
      case 'integral':
        return this.integral(node);
      case 'limit':
        return this.limit(node);
      case 'factorial':
        return factorial(this.lower(node.operand));
      case 'binomial':
        return binomial(this.lower(node.upper), this.lower(node.lower));
      case 'prime':
        return this.primeAlone(node.operand, node.order, node);
      case 'function':
        return this.function(node.name, node.args, node.base, node);
      case 'call':
        return this.call(node);
      case 'enclosed':
        if (node.op === 'inner') return this.fail('unsupported-vector', 'inner products are not evaluated', node);
        return fn(node.op, this.lower(node.body));
      case 'norm':
        return this.norm(node);
      case 'transpose':
        this.requireScalar(node.operand);
        return this.lower(node.operand);
      case 'indicator':
        return where(this.condition(node.condition), 1, 0);
      case 'cases':
        return this.cases(node);
      case 'big':
        return this.big(node);
      case 'derivative':
        return this.derivative(node);
      case 'gradient':
        return this.gradient(node.operand, node.variables, node.order, node);
      case 'evaluated':
        return this.evaluated(node);
      case 'set':
        // {3} for a single data value is that value.
        if (node.items.length === 1) return this.lower(node.items[0] as Node);
        return this.refuse(node);
      default:
        return this.refuse(node);
    }
  }

  private refuse(node: Node): never {
    const { code, message } = refusal(node);
    return this.fail(code, message, node);
  }

  private symbol(name: string, span: Span): Expr {
    const bound = this.bound.get(name);
    if (bound) return copy(bound);
    if (name === 'pi' && !this.names.isValue(name)) return copy(PI);
    if (name === 'e' && !this.names.isValue(name)) return copy(E);
    if (/(^|:)(bf|vec):\d/.test(name)) return this.fail('unsupported-vector', 'a bold digit is a vector', span);
    if (/(^|:)(bf|vec):/.test(name) && !this.names.isValue(name))
      return this.fail(
        'unsupported-vector',
        `${nameToText(name)} may be a vector: it has no value that says otherwise`,
        span,
      );
    if (name === 'infty') return this.fail('infinite', 'infinity is not a value to calculate with', span);
    // f for f(x), where f(x) is what is said.
    if (this.isFunction(name)) return this.functionAtItself(name, span);
    if (this.names.function(name) && !this.names.isValue(name))
      return this.fail('function-as-value', `${nameToText(name)} is a function without its arguments`, span);
    return sym(name);
  }

  /** df/dx(2) of a function of one argument. */
  private derivativeAt({ left, right, ...node }: BinaryNode): Expr {
    const of = left.kind === 'derivative' ? bare(left.operand) : left;
    const by = left.kind === 'derivative' && left.variables[0] ? bare(left.variables[0]) : left;
    const defined = of.kind === 'symbol' && this.isFunction(of.name) ? this.names.function(of.name) : undefined;
    const [parameter] = defined?.parameters ?? [];
    if (defined?.parameters.length !== 1 || right.kind !== 'group' || by.kind !== 'symbol' || by.name !== parameter)
      return this.fail(DERIVATIVE_AT.code, DERIVATIVE_AT.message, node);
    const place = this.lower(right.body);
    return replaced(this.lower(left), (name) => (name === parameter ? place : undefined));
  }

  private isFunction(name: string): boolean {
    if (this.names.function(name) === undefined || this.names.isValue(name) || this.bound.has(name)) return false;
    return !this.names.isOverloaded?.(name);
  }

  /** (f + g)(x) is no product of f + g and x. */
  private refuseOperatorProduct({ sign, left, right }: BinaryNode): void {
    if (sign !== '' || right.kind !== 'group' || left.kind === 'symbol') return;
    const callees = new Set<Node>();
    walk(left, (n) => {
      if (n.kind === 'derivative') return false;
      if (n.kind === 'call') callees.add(n.callee.kind === 'prime' ? n.callee.operand : n.callee);
      if (n.kind === 'symbol' && !callees.has(n) && this.isFunction(n.name))
        this.fail('function-as-value', `${nameToText(n.name)} is a function without its arguments`, n);
      return true;
    });
  }

  private binary(op: string, left: Expr, right: Expr, span: Span): Expr {
    switch (op) {
      case 'add':
        return add(left, right);
      case 'sub':
        return sub(left, right);
      // The elementwise product of scalars is their product.
      case 'mul':
      case 'hadamard':
        return mul(left, right);
      case 'div':
        return div(left, right);
      default:
        return this.fail('unsupported-operator', 'this operator is not evaluated', span);
    }
  }

  private root(radicand: Node, index: Node | undefined): Expr {
    const x = this.lower(radicand);
    if (!index) return fn('sqrt', x);
    const n = this.lower(index);
    if (n.kind === 'number' && n.value === 2) return fn('sqrt', x);
    if (n.kind === 'number' && n.value === 3) return fn('cbrt', x);
    return pow(x, div(1, n));
  }

  private function(name: string, args: readonly Node[], base: Node | undefined, span: Span): Expr {
    const entry = FUNCTION_MEANINGS.get(name);
    if (!entry) return this.fail('unsupported-function', `${nameToText(name)} is not evaluated`, span);
    // max{a, b} reads as one set.
    const [only] = args;
    const listed = args.length === 1 && only?.kind === 'set' ? only.items : args;
    const values = listed.map((a) => this.lower(a));
    if (entry.arity !== 'many' && values.length !== entry.arity)
      return this.fail('arity', `${nameToText(name)} takes ${entry.arity} argument, not ${values.length}`, span);
    if (entry.arity === 'many' && values.length < 2)
      return this.fail('arity', `the ${nameToText(name)} of one value needs a range to run over`, span);
    if (base) {
      if (name !== 'log')
        return this.fail('unsupported-function', `${nameToText(name)} with a subscript is not evaluated`, span);
      return logarithm(this.lower(base), values[0] as Expr);
    }
    const { logarithms } = this.options;
    if (name === 'log' && logarithms) return logarithm(num(logarithms), values[0] as Expr);
    return entry.meaning(...values);
  }

  private call(node: CallNode): Expr {
    const { callee, args } = node;
    if (callee.kind === 'symbol') return this.applied(callee.name, args, node);
    if (callee.kind === 'prime') return this.primed(node, callee.operand, callee.order);
    if (callee.kind === 'indexed') {
      return this.applied(this.elementName(callee), args, node);
    }
    return this.fail('unsupported-call', 'what is called here is no named function', callee);
  }

  private applied(name: string, args: readonly Node[], span: Span): Expr {
    return this.applyTo(
      name,
      args.map((a) => this.lower(a)),
      span,
    );
  }

  private applyTo(name: string, values: readonly Expr[], span: Span): Expr {
    const defined = this.names.function(name);
    if (defined) {
      if (defined.parameters.length !== values.length)
        return this.fail(
          'arity',
          `${nameToText(name)} is defined with ${defined.parameters.length} arguments, not ${values.length}`,
          span,
        );
      return this.inlined(defined, values, span);
    }
    if (this.names.isValue(name))
      return this.fail(
        'ambiguous-call',
        `${nameToText(name)} is defined as a value, so these brackets have two readings`,
        span,
      );
    const usual = USUAL_MEANINGS.get(name) ?? FUNCTION_MEANINGS.get(name);
    if (!usual) return this.fail('undefined-function', `${nameToText(name)} is not defined`, span);
    if (usual.arity !== 'many' && usual.arity !== values.length)
      return this.fail('arity', `${nameToText(name)} takes ${usual.arity} argument, not ${values.length}`, span);
    return usual.meaning(...values);
  }

  private inlined(defined: FunctionDefinition, values: readonly Expr[], span: Span): Expr {
    if (++this.calls > MAX_CALLS) return this.fail('recursion', 'functions call each other without end', span);
    const saved = new Map(this.bound);
    defined.parameters.forEach((p, i) => this.bound.set(p, values[i] as Expr));
    const result = this.at(defined.place, defined.body);
    this.bound.clear();
    for (const [k, v] of saved) this.bound.set(k, v);
    this.calls--;
    return result;
  }

  /** f′(x): the derivative of f by its argument, at x. */
  private primed(node: CallNode, callee: Node, order: number): Expr {
    if (callee.kind !== 'symbol' || node.args.length !== 1)
      return this.fail('unsupported-prime', 'a prime needs a named function of one argument', node);
    const argument = this.lower(node.args[0] as Node);
    const variable = sym(`${callee.name}′`);
    let derivative = this.applyTo(callee.name, [variable], node);
    for (let i = 0; i < order; i++) derivative = derivativeOf(derivative, variable.name);
    return replaced(derivative, (name) => (name === variable.name ? argument : undefined));
  }

  /** y′, f′ and (x² + 1)′: by the one name that it depends on. */
  private primeAlone(operand: Node, order: number, node: Node): Expr {
    const inner = bare(operand);
    const named = inner.kind === 'symbol' && !this.bound.has(inner.name) ? inner.name : undefined;
    const { code, message } = refusal(node);
    let start: Expr | undefined;
    if (named === undefined)
      start = inner.kind === 'symbol' || inner.kind === 'indexed' ? undefined : this.lower(inner);
    else if (this.isFunction(named)) start = this.functionAtItself(named, inner);
    else start = this.names.expression(named);
    if (!start) return this.fail(code, message, node);
    let result = this.expanded(start, [], inner);
    const names = [...freeNames(result)];
    let free = names.length === 1 ? names : names.filter((n) => this.names.number(n) === undefined);
    if (free.length > 1) {
      // y = a x² + b: by x, most likely; what does not agree with that is not wrong.
      free = free.filter((n) => n === 'x' || n === 't');
      this.disconnected = true;
    }
    const [variable, ...others] = free;
    if (variable === undefined || others.length > 0 || !isVariable(variable) || this.names.isPrimed?.(variable))
      return this.fail(code, message, node);
    for (let i = 0; i < order; i++) result = derivativeOf(result, variable);
    return copy(result);
  }

  private norm(node: Extract<Node, { kind: 'norm' }>): Expr {
    if (node.order && !(node.order.kind === 'number' || (node.order.kind === 'symbol' && node.order.name === 'infty')))
      return this.fail('unsupported-norm', 'this norm is not evaluated', node);
    this.requireScalar(node.body);
    return fn('abs', this.lower(node.body));
  }

  /** Only what comes down to names with values is certainly a scalar. */
  private requireScalar(node: Node): void {
    const seen = new Set<string>();
    const check = (expr: Expr): void => {
      for (const name of symbols(expr)) {
        if (seen.has(name) || this.names.number(name) !== undefined) continue;
        seen.add(name);
        const definition = this.names.definition(name);
        if (definition) check(definition);
        else
          this.fail(
            'unsupported-vector',
            `${nameToText(name)} may be a vector or matrix: it has no value that says otherwise`,
            node,
          );
      }
    };
    check(this.lower(node));
  }

  condition(node: Node): Expr {
    const inner = bare(node);
    if (inner.kind === 'relation') return this.comparison(inner);
    if (inner.kind === 'list') return inner.items.map((i) => this.condition(i)).reduce((a, b) => fn('and', a, b));
    if (inner.kind === 'set' && inner.items.length === 1) return this.condition(inner.items[0] as Node);
    return this.fail('unsupported-condition', 'this condition is not evaluated', node);
  }

  private comparison(node: RelationNode): Expr {
    const operands = node.operands.map((o) => this.lower(o));
    return node.signs
      .map((sign, i) => {
        if (!['lt', 'le', 'gt', 'ge', 'eq', 'ne'].includes(sign.op))
          return this.fail('unsupported-condition', 'this condition is not evaluated', node);
        return fn(sign.op, operands[i] as Expr, operands[i + 1] as Expr);
      })
      .reduce((a, b) => fn('and', a, b));
  }

  private cases(node: CasesNode): Expr {
    const branches = [...node.branches].reverse();
    let result: Expr = num(NaN);
    for (const branch of branches) {
      const value = this.lower(branch.value);
      result = branch.condition ? where(this.condition(branch.condition), value, result) : value;
    }
    return result;
  }

  /** x_i for i = 3 is the name x_3. */
  private indexed(node: IndexedNode): Expr {
    const base = bare(node.base);
    if (base.kind === 'derivative' && !node.label && this.areHeld(node.indices))
      return this.heldDerivative(
        base,
        node.indices.map((i) => (i as SymbolNode).name),
        node,
      );
    return this.symbol(this.elementName(node), node);
  }

  /** What stands below a derivative in brackets is held, unless all of it may be indices. */
  private areHeld(nodes: readonly Node[]): boolean {
    const names = nodes.map((n) => (n.kind === 'symbol' && !this.bound.has(n.name) ? n.name : undefined));
    return names.every((n) => n !== undefined) && names.some((n) => !/^[i-n](?:$|_)/.test(n as string));
  }

  private elementName(node: IndexedNode): string {
    const { base } = node;
    if (base.kind !== 'symbol')
      return this.fail('unsupported-index', 'elements of an expression are not evaluated', node);
    const parts = node.indices.map((index) => {
      const value = index.kind === 'symbol' && !this.bound.has(index.name) ? undefined : this.lower(index);
      if (value === undefined) return index.kind === 'symbol' ? index.name : '';
      const whole = wholeNumber(value);
      return whole === undefined
        ? this.fail('unsupported-index', 'the index has no whole value', index)
        : String(whole);
    });
    const text = parts.join(node.commas ? ',' : '');
    // Digits run together would name another element: w with 1 and 12 is not w with 11 and 2.
    if (!node.commas && parts.length > 1 && parts.some((p) => p.length > 1 && /^\d+$/.test(p)))
      return this.fail('ambiguous-index', 'indices of two digits need a comma between them', node);
    const script = text.length === 1 || /^\d+$/.test(text) ? text : `{${text}}`;
    return base.name + (node.label ? `^{(${text})}` : `_${script}`);
  }

  private big(node: BigNode): Expr {
    if (node.op !== 'sum' && node.op !== 'prod')
      return this.fail('unsupported-operator', 'unions of sets are not evaluated', node);
    if (node.ranges.length === 0) return this.fail('open-sum', 'the sum does not say what it runs over', node);
    const terms: Expr[] = [];
    this.collect(node, 0, terms);
    const [first, ...rest] = terms;
    if (!first) return num(node.op === 'sum' ? 0 : 1);
    return rest.reduce((a, b) => this.mark(node.op === 'sum' ? add(a, b) : mul(a, b), node), first);
  }

  private mark(expr: Expr, node: Node): Expr {
    this.origins.set(expr, { place: this.place, node });
    return expr;
  }

  private collect(node: BigNode, depth: number, terms: Expr[]): void {
    const range = node.ranges[depth];
    if (!range) {
      terms.push(this.lower(node.body));
      if (terms.length > MAX_TERMS)
        this.fail('budget', `a sum of more than ${MAX_TERMS} terms is not written out`, node);
      return;
    }
    const name = range.variable?.name;
    const lower = range.lower && this.integer(range.lower);
    const upper = range.upper && this.integer(range.upper);
    if (lower === undefined || upper === undefined)
      this.fail(
        'open-sum',
        name
          ? `the range of ${nameToText(name)} is not stated in numbers`
          : 'the range of the sum is not stated in numbers',
        range,
      );
    if (name === undefined) this.fail('open-sum', 'the sum does not name its index', range);
    if (upper - lower > MAX_TERMS)
      this.fail('budget', `a sum of more than ${MAX_TERMS} terms is not written out`, node);
    const outer = this.bound.get(name);
    for (let i = lower; i <= upper; i++) {
      this.bound.set(name, num(i));
      if (!range.condition || this.holds(range.condition)) this.collect(node, depth + 1, terms);
    }
    if (outer) this.bound.set(name, outer);
    else this.bound.delete(name);
  }

  private integer(node: Node): number {
    const expr = this.lower(node);
    const value = wholeNumber(
      substitute(expr, (name) => {
        const known = this.names.number(name);
        return known === undefined ? undefined : num(known);
      }),
    );
    return value ?? this.fail('open-sum', 'the limit of the sum has no whole value', node);
  }

  /** A condition on indices, all of which have values. */
  private holds(node: Node): boolean {
    if (node.kind !== 'relation') return this.fail('unsupported-condition', 'this condition is not evaluated', node);
    const values = node.operands.map((o) => this.integer(o));
    return node.signs.every((sign, i) => {
      const [a, b] = [values[i] as number, values[i + 1] as number];
      switch (sign.op) {
        case 'eq':
          return a === b;
        case 'ne':
          return a !== b;
        case 'lt':
          return a < b;
        case 'le':
          return a <= b;
        case 'gt':
          return a > b;
        case 'ge':
          return a >= b;
        default:
          return this.fail('unsupported-condition', 'this condition is not evaluated', node);
      }
    });
  }

  private derivative(node: DerivativeNode): Expr {
    const { order } = node;
    const variables =
      this.options.otherwise && !order ? node.variables.flatMap((v) => ordersOf(v) ?? [v]) : node.variables;
    if (!this.options.otherwise) {
      const [square] = variables;
      const power = square && variables.length === 1 ? powerOf(bare(square)) : undefined;
      if (power) return this.byPower(node.operand, power.base, power.exponent);
    }
    if (order && !(order.kind === 'number' && order.value === variables.length))
      this.fail('unsupported-order', 'the order above does not agree with the variables below', node);
    return this.differentiated(node.operand, variables);
  }

  /** ∂f/∂σ²: with u = σⁿ it is ∂f/∂σ over n σⁿ⁻¹. */
  private byPower(operand: Node, base: Node, exponent: number): Expr {
    const rate = mul(num(exponent), pow(this.lower(base), num(exponent - 1)));
    return div(this.differentiated(operand, [base]), rate);
  }

  private gradient(operand: Node, variables: readonly Node[], order: number, node: Node): Expr {
    const [variable] = variables;
    if (order !== 1 || variables.length !== 1 || !variable)
      return this.fail(
        'unsupported-vector',
        'gradients by several variables are vectors, which are not evaluated here',
        node,
      );
    this.requireScalar(variable);
    return this.differentiated(operand, variables);
  }

  private differentiated(operand: Node, variables: readonly Node[]): Expr {
    const names = variables.map((v) => {
      const inner = bare(v);
      const lowered = inner.kind === 'symbol' || inner.kind === 'indexed' ? this.lower(inner) : undefined;
      if (lowered?.kind === 'symbol') return lowered.name;
      return this.fail('unsupported-variable', 'a derivative by something that is no name is not evaluated', v);
    });
    const inner = bare(operand);
    // ∂E(w)/∂w: the brackets only say what E depends on.
    const named =
      inner.kind === 'call' && inner.callee.kind === 'symbol' && !this.names.function(inner.callee.name)
        ? inner.callee
        : inner;
    const start =
      named.kind === 'symbol' && this.isFunction(named.name)
        ? this.functionAtItself(named.name, named)
        : named.kind === 'symbol' && !names.includes(named.name)
          ? (this.names.expression(named.name) ?? this.lower(named))
          : this.lower(named);
    if (
      this.options.unknownDerivatives === 'symbols' &&
      start.kind === 'symbol' &&
      !names.includes(start.name) &&
      this.names.definition(start.name) === undefined &&
      this.names.number(start.name) === undefined
    )
      return sym(derivativeName(start.name, names));
    let result = this.expanded(start, names, named);
    for (const name of names) {
      if (!freeNames(result).has(name)) this.disconnected = true;
      result = derivativeOf(result, name);
    }
    return copy(result);
  }

  /** ∂f/∂x for f(x) = …: the value of f at its own parameters. */
  private functionAtItself(name: string, span: Span): Expr {
    const defined = this.names.function(name) as FunctionDefinition;
    return this.inlined(
      defined,
      defined.parameters.map((p) => sym(p)),
      span,
    );
  }

  /** (∂U/∂T)_V: what is held is followed no further; where V is given by T and p, and p is held, U is of T and p. */
  private heldDerivative(node: DerivativeNode, held: readonly string[], span: Span): Expr {
    const [variable, ...others] = node.variables.map(bare);
    const operand = bare(node.operand);
    const isAgain = (v: Node) => v.kind === 'symbol' && variable?.kind === 'symbol' && v.name === variable.name;
    const order = others.length + 1;
    const isOrder = !node.order || (node.order.kind === 'number' && node.order.value === order);
    if (variable?.kind !== 'symbol' || !isOrder || !others.every(isAgain))
      return this.fail('unsupported-derivative', 'a mixed derivative with something held is not evaluated', span);
    const by = variable.name;
    if (
      order === 1 &&
      operand.kind === 'symbol' &&
      !this.names.definition(operand.name) &&
      !this.isFunction(operand.name)
    )
      return this.implicitDerivative(operand.name, by, held, span);
    const start =
      operand.kind === 'symbol' && this.isFunction(operand.name)
        ? this.functionAtItself(operand.name, operand)
        : this.lower(operand);
    let whole = this.followed(start, [by, ...held], span);
    if (!freeNames(whole).has(by)) this.disconnected = true;
    for (let i = 0; i < order; i++) whole = derivativeOf(whole, by);
    return copy(whole);
  }

  /** Where the document gives p by V and T: (∂T/∂p)_V is 1 / (∂p/∂T), (∂V/∂T)_p is −(∂p/∂T) / (∂p/∂V). */
  private implicitDerivative(name: string, by: string, held: readonly string[], span: Span): Expr {
    const inverse = this.names.definition(by);
    const rate = inverse && derivativeOf(this.followed(inverse, [name, ...held], span), name);
    if (inverse && rate && freeNames(this.followed(inverse, [name, ...held], span)).has(name)) return div(num(1), rate);
    for (const given of held) {
      const definition = this.names.definition(given);
      const whole = definition && this.followed(definition, [name, by, ...held.filter((h) => h !== given)], span);
      if (!whole || !freeNames(whole).has(name) || !freeNames(whole).has(by)) continue;
      return neg(div(derivativeOf(whole, by), derivativeOf(whole, name)));
    }
    return this.fail('undefined-name', `${nameToText(name)} is not defined`, span);
  }

  /** Follows definitions, but not those of the variables. */
  private expanded(expr: Expr, variables: readonly string[], span: Span): Expr {
    const opaque = new Set(variables);
    if (
      expr.kind === 'symbol' &&
      !isIntegral(expr.name) &&
      !opaque.has(expr.name) &&
      this.names.definition(expr.name) === undefined
    )
      this.fail('undefined-name', `${nameToText(expr.name)} is not defined`, span);
    const explicit = this.options.derivatives === 'explicit' && variables.length > 0;
    let current = expr;
    for (let round = 0; round < MAX_CALLS; round++) {
      const free = symbols(current);
      if (explicit && variables.every((v) => free.has(v))) return current;
      const next = substitute(current, (name) => (opaque.has(name) ? undefined : this.names.definition(name)));
      if (next === current) return current;
      current = next;
    }
    return this.fail('circular', 'the definitions refer to each other in a circle', span);
  }

  private evaluated(node: EvaluatedNode): Expr {
    if (node.upper) return this.between(node, node.upper);
    const at = node.at.kind === 'list' ? node.at.items : [node.at];
    const inner = bare(node.body);
    if (inner.kind === 'derivative' && at.every((n) => n.kind === 'symbol'))
      return this.heldDerivative(
        inner,
        at.map((n) => (n as SymbolNode).name),
        node,
      );
    const values = new Map<string, Expr>();
    for (const item of at) {
      const [target, value] = item.kind === 'relation' && item.operands.length === 2 ? item.operands : [];
      if (target?.kind !== 'symbol' || !value)
        this.fail('unsupported-point', 'the point of evaluation is not stated as name = value', item);
      values.set(target.name, this.lower(value));
    }
    const body = this.expanded(this.lower(node.body), [...values.keys()], node);
    return replaced(body, (name) => values.get(name));
  }

  /** F |_a^b is F(b) − F(a), by the one name that F depends on and that has no value. */
  private between(node: EvaluatedNode, upper: Node): Expr {
    const stated = node.at.kind === 'relation' && node.at.operands.length === 2 ? node.at.operands : undefined;
    const body = this.expanded(this.lower(node.body), [], node);
    const free = [...freeNames(body)].filter((n) => this.names.number(n) === undefined);
    const [variable] = stated?.[0]?.kind === 'symbol' ? [stated[0].name] : free.length === 1 ? free : [];
    if (variable === undefined)
      return this.fail('unsupported-point', 'the name that takes the two values is not stated', node);
    const end = (at: Node) => {
      const value = this.lower(at);
      return replaced(body, (name) => (name === variable ? value : undefined));
    };
    const last = upper.kind === 'relation' ? (upper.operands.at(-1) as Node) : upper;
    return sub(end(last), end((stated?.[1] as Node | undefined) ?? node.at));
  }

  /** Follows definitions of all names but those that are varied; what has none stays as it is. */
  private followed(expr: Expr, varied: readonly string[], span: Span): Expr {
    let current = expr;
    for (let round = 0; round < MAX_CALLS; round++) {
      const next = replaced(current, (n) => (varied.includes(n) ? undefined : this.names.definition(n)));
      if (next === current) return current;
      current = next;
    }
    return this.fail('circular', 'the definitions refer to each other in a circle', span);
  }

  /** Reads with a name free, whatever value it has outside. */
  private withFree<T>(name: string, read: () => T): T {
    const outer = this.bound.get(name);
    this.bound.set(name, sym(name));
    try {
      return read();
    } finally {
      if (outer) this.bound.set(name, outer);
      else this.bound.delete(name);
    }
  }

  private integral(node: IntegralNode): Expr {
    const read = integralParts(node);
    if (!read) return this.refuse(node);
    const { body, variable: name, lower, upper } = read;
    if ((lower === undefined) !== (upper === undefined)) return this.refuse(node);
    const { code, message } = refusal(node);
    try {
      const integrand = this.withFree(name, () => this.followed(this.lower(body), [name], node));
      if (!lower || !upper) return integralSymbol({ body: integrand, variable: name, written: name });
      const variable = boundName(name);
      return integralSymbol({
        body: replaced(integrand, (n) => (n === name ? sym(variable) : undefined)),
        variable,
        written: name,
        limits: [this.limitAt(lower, node), this.limitAt(upper, node)],
      });
    } catch (error) {
      if (!(error instanceof LoweringError) || error.code === 'syntax' || error.code === 'unsupported-integral')
        throw error;
      throw new LoweringError(code, `${message}: ${error.message}`, node, this.place);
    }
  }

  private limitAt(node: Node, span: Span): Limit {
    const inner = bare(node);
    const [sign, end] = inner.kind === 'negative' ? ['-', bare(inner.operand)] : ['', inner];
    if (end.kind === 'symbol' && end.name === 'infty') return `${sign as '' | '-'}infinity`;
    return this.followed(this.lower(node), [], span);
  }

  private limit(node: LimitNode): Expr {
    const { approach } = node;
    if (approach?.kind !== 'arrow' || approach.left?.kind !== 'symbol' || !approach.right) return this.refuse(node);
    const { name } = approach.left;
    const right = bare(approach.right);
    if ((right.kind === 'symbol' || right.kind === 'negative') && holdsInfinity(right)) return this.refuse(node);
    const body = this.withFree(name, () => this.followed(this.lower(node.body), [name], node));
    if ([...symbols(body)].some((n) => isIntegral(n) && freeNames(sym(n)).has(name))) return this.refuse(node);
    return limitOf(body, name, this.lower(approach.right)) ?? this.refuse(node);
  }
}

/** df/dx(2) is the derivative at 2, or a product: nothing says which. */
export function isDerivativeAt({ op, sign, left, right }: BinaryNode): boolean {
  if (op !== 'mul' || sign !== '' || left.kind !== 'derivative') return false;
  if (right.kind === 'tuple') return true;
  const place = bare(right);
  return right.kind === 'group' && (place.kind === 'number' || place.kind === 'symbol');
}

export const DERIVATIVE_AT = {
  code: 'ambiguous-call',
  message: 'brackets behind a derivative are a place or a factor: nothing says which',
} as const;

/** a / b c as it is written: what stands before the slash, and all that stands behind it. */
export function slashBefore(node: Node): { readonly above: Node; readonly below: readonly Node[] } | undefined {
  const below: Node[] = [];
  let at = node;
  for (; at.kind === 'binary' && at.op === 'mul' && at.sign === ''; at = at.left) below.unshift(at.right);
  return at.kind === 'binary' && at.op === 'div' && at.sign === '/'
    ? { above: at.left, below: [at.right, ...below] }
    : undefined;
}

/** A whole power of a name. */
export function powerOf(node: Node): { readonly base: Node; readonly exponent: number } | undefined {
  if (node.kind !== 'power' || node.exponent.kind !== 'number' || !Number.isInteger(node.exponent.value))
    return undefined;
  const { base, exponent } = node;
  return base.kind === 'symbol' || base.kind === 'indexed' ? { base, exponent: exponent.value } : undefined;
}

/** x² as the variable x twice. */
function ordersOf(node: Node): Node[] | undefined {
  const power = powerOf(bare(node));
  return power && Array<Node>(Math.min(power.exponent, 9)).fill(power.base);
}

/** A letter that a derivative without a variable may be taken by. */
const isVariable = (name: string) => /^(?:[a-z]|[a-z]{2,})$/.test(name) && !USUAL_FUNCTIONS.has(name);

/** A value of its own, so that it has a place of its own. */
function copy(expr: Expr): Expr {
  return expr.kind === 'apply' ? apply(expr.op, ...expr.args) : { ...expr };
}

/** The whole number that an expression of numbers is. */
function wholeNumber(expr: Expr): number | undefined {
  if (symbols(expr).size > 0) return undefined;
  const value = evaluate(expr, () => undefined);
  return Number.isSafeInteger(value) ? value : undefined;
}
