/**
 * Whether a function is a layer or a network, judged from its text: how many weighed sums follow each other from what it is
 * given to what it returns. Names of functions and classes play no part, but for derivatives, which weigh as well.
 */
import { customOf } from '../../../autodiff/network/roles';
import { forwardsOf } from '../check/names';
import type { Expr, FunctionDef, Stmt } from '../ast';
import { namePath } from '../compile/compiler';
import { forEachChild } from '../compile/scopes';

interface Weighed {
  /** Weighed sums in a row. */
  readonly depth: number;
  /** A name, or a part of what has one, as it is. */
  readonly path?: readonly string[] | undefined;
  /** A weight times what it weighs, not summed up yet. */
  readonly isProduct?: boolean;
  /** A single number of what was weighed: a mean, a sum. */
  readonly isReduced?: boolean;
  /** Numbers weighed one by one, with no function after it: a polynomial as well. */
  readonly isBare?: boolean;
  /** What was weighed last, where it has a name. */
  readonly of?: string;
}

const NOTHING: Weighed = { depth: 0 };
const CONTRACTIONS = new Set(['dot', 'matmul', 'inner', 'einsum', 'tensordot', 'convolve', 'correlate']);
const REDUCTIONS = new Set(['sum', 'mean', 'average', 'nansum', 'nanmean']);
/** What arranges a weight and leaves it one. */
const ARRANGING = new Set(['T', 'transpose', 'reshape', 'ravel', 'flatten', 'copy', 'astype']);
/** Arguments of a backward pass. */
const UPSTREAM = /^(?:d_?out|upstream|d[A-Z]\w*|grad\w*|g_?out)$/;

/** Functions and methods of the module by their names. */
export type Functions = (name: string) => readonly FunctionDef[];

export class Weighing {
  private readonly known = new Map<FunctionDef, Weighed>();

  constructor(private readonly functions: Functions) {}

  kindOf(f: FunctionDef): 'layer' | 'network' | 'function' {
    if (isDerivative(f)) return 'function';
    const { depth, isReduced, isBare } = this.returned(f);
    if (depth === 0 || (depth === 1 && isBare === true)) return 'function';
    return depth > 1 || isReduced === true ? 'network' : 'layer';
  }

  private returned(f: FunctionDef): Weighed {
    const known = this.known.get(f);
    if (known) return known;
    this.known.set(f, NOTHING);
    if (isDerivative(f)) return NOTHING;
    const body = new Body((call, given) => this.ofCall(call, given));
    body.run(f.body);
    this.known.set(f, body.returned);
    return body.returned;
  }

  /** What a call of functions of the document makes of its arguments; undefined for any other. */
  private ofCall(name: string, given: readonly Weighed[]): Weighed | undefined {
    const callees = this.functions(name);
    if (callees.length === 0) return undefined;
    if (callees.every(isDerivative)) return NOTHING;
    const made = callees.map((f) => this.returned(f));
    const deepest = made.reduce((a, b) => (b.depth > a.depth ? b : a));
    const before = depthOf(given) + (given.some((x) => x.isProduct) ? 1 : 0);
    const isBare = deepest.depth === 0 ? before === 1 && depthOf(given) === 0 : deepest.isBare === true && before === 0;
    return { depth: deepest.depth + before, isBare, isReduced: before === 0 && deepest.isReduced === true };
  }
}

/** A pass back, or the derivative of something: it weighs with the same weights, and is no network. */
export function isDerivative(f: FunctionDef): boolean {
  const { id } = f.name;
  return forwardsOf(id).length > 0 || /(?:^|_)grad/i.test(id) || f.params.some((p) => UPSTREAM.test(p.name));
}

class Body {
  returned: Weighed = NOTHING;
  private readonly names = new Map<string, Weighed>();

  constructor(private readonly ofCall: (name: string, given: readonly Weighed[]) => Weighed | undefined) {}

  run(body: readonly Stmt[]): void {
    for (const s of body) this.statement(s);
  }

  private statement(s: Stmt): void {
    switch (s.kind) {
      case 'Assign': {
        const value = this.of(s.value);
        for (const t of s.targets) this.assign(t, value);
        return;
      }
      case 'AnnAssign':
        if (s.value) this.assign(s.target, this.of(s.value));
        return;
      case 'AugAssign': {
        const [before, more] = [this.of(s.target), this.of(s.value)];
        this.assign(s.target, more.isProduct ? { depth: more.depth + 1 } : { depth: depthOf([before, more]) });
        return;
      }
      case 'For':
        this.bind(s.target, this.of(s.iter).depth);
        // Twice: what one turn makes, the next one weighs again.
        this.run(s.body);
        this.run(s.body);
        return;
      case 'While':
        this.run(s.body);
        this.run(s.body);
        return;
      case 'If':
        this.run(s.body);
        return this.run(s.orelse);
      case 'With':
        return this.run(s.body);
      case 'Try':
        this.run(s.body);
        return this.run(s.final);
      case 'Expr': {
        // What is put on a list is handed out with it.
        const { value } = s;
        const list = value.kind === 'Call' && value.func.kind === 'Attribute' && value.func.attr === 'append';
        if (list && value.func.value.kind === 'Name') {
          const { id } = value.func.value;
          this.names.set(id, { depth: depthOf([this.names.get(id) ?? NOTHING, ...value.args.map((a) => this.of(a))]) });
        }
        return;
      }
      case 'Return': {
        const value = s.value ? this.of(s.value) : NOTHING;
        if (value.depth >= this.returned.depth) this.returned = value;
        return;
      }
      default:
        return;
    }
  }

  /** The names of a loop: each may be a weight. */
  private bind(target: Expr, depth: number): void {
    if (target.kind === 'Name') this.names.set(target.id, { depth, path: depth === 0 ? [target.id] : undefined });
    else if (target.kind === 'Tuple' || target.kind === 'List') for (const t of target.elts) this.bind(t, depth);
  }

  private assign(target: Expr, value: Weighed): void {
    if (target.kind === 'Name') this.names.set(target.id, value);
    else if (target.kind === 'Tuple' || target.kind === 'List')
      for (const t of target.elts) this.assign(t, { depth: value.depth });
    else if (target.kind === 'Attribute' || target.kind === 'Subscript') {
      const path = namePath(target)?.join('.');
      if (path !== undefined) this.names.set(path, value);
    }
  }

  of(e: Expr): Weighed {
    switch (e.kind) {
      case 'Name':
        return this.names.get(e.id) ?? { depth: 0, path: [e.id] };
      case 'Attribute': {
        const own = namePath(e)?.map(String);
        const stored = own && this.names.get(own.join('.'));
        if (stored) return stored;
        const inner = this.of(e.value);
        if (ARRANGING.has(e.attr)) return inner;
        return { depth: inner.depth, path: inner.path && [...inner.path, e.attr] };
      }
      case 'Subscript': {
        const inner = this.of(e.value);
        const { slice } = e;
        const key = slice.kind === 'Constant' && slice.value.type === 'str' ? [keyText(slice)] : [];
        return { depth: inner.depth, path: inner.path && [...inner.path, ...key] };
      }
      case 'UnaryOp':
        return this.of(e.operand);
      case 'BinOp': {
        const [a, b] = [this.of(e.left), this.of(e.right)];
        if (e.op === '@') return contraction(a, b);
        const depth = depthOf([a, b]);
        if (e.op === '*' && isWeighing(a, b, true)) return { depth, isProduct: true };
        const isSum = (e.op === '+' || e.op === '-') && a.isProduct === true && b.isProduct === true;
        if (isSum) return { depth: depth + 1, isBare: true };
        const product = (e.op === '+' || e.op === '-') && (a.isProduct === true || b.isProduct === true);
        // w₂ h, where h was weighed before, plus or minus something else.
        if (product && depth > 0) return { depth: depth + 1 };
        const isBare = [a, b].some((x) => x.depth > 0 && x.isBare === true);
        return { depth, isReduced: areReduced([a, b]), isProduct: product, isBare };
      }
      case 'Call':
        return this.call(e);
      default: {
        const parts: Weighed[] = [];
        if (e.kind === 'ListComp' || e.kind === 'GeneratorExp' || e.kind === 'SetComp') return this.of(e.elt);
        forEachChild(e, (child) => void parts.push(this.of(child)));
        return { depth: depthOf(parts) };
      }
    }
  }

  private call(e: Extract<Expr, { kind: 'Call' }>): Weighed {
    const given = [...e.args, ...e.keywords.map((k) => k.value)].map((a) => this.of(a));
    const { func } = e;
    const name = func.kind === 'Name' ? func.id : func.kind === 'Attribute' ? func.attr : undefined;
    if (name === undefined) return { depth: depthOf(given) };
    const receiver = func.kind === 'Attribute' ? this.of(func.value) : NOTHING;
    const home = this.ofCall(name, [receiver, ...given]);
    if (home) return home;
    if (CONTRACTIONS.has(name)) {
      const operands = given.filter((_, i) => i >= e.args.length || e.args[i]?.kind !== 'Constant');
      const [a, b] = operands.length === 1 ? [receiver, operands[0] as Weighed] : operands;
      return a && b ? contraction(a, b) : { depth: depthOf(given) };
    }
    const all = func.kind === 'Attribute' ? [receiver, ...given] : given;
    if (ARRANGING.has(name) && func.kind === 'Attribute') return receiver;
    const isReduction = REDUCTIONS.has(name);
    if (isReduction && all.some((x) => x.isProduct)) return { depth: depthOf(all) + 1 };
    // A single weight under a function: w₂ relu(w₁ x). Alone it is no more than a product.
    if (!isReduction && all.some((x) => x.isProduct)) return { depth: depthOf(all) + 1, isBare: depthOf(all) === 0 };
    const isWhole = !e.keywords.some((k) => k.arg === 'axis') && e.args.length < 2;
    return { depth: depthOf(all), isReduced: (isReduction && isWhole && depthOf(all) > 0) || areReduced(all) };
  }
}

function keyText(e: Expr): string {
  return e.kind === 'Constant' && e.value.type === 'str' ? String(e.value.value) : '';
}

const depthOf = (parts: readonly Weighed[]): number => parts.reduce((n, p) => Math.max(n, p.depth), 0);

/** Whether of all that was weighed only single numbers are left. */
function areReduced(parts: readonly Weighed[]): boolean {
  const deep = parts.filter((p) => p.depth > 0);
  return deep.length > 0 && deep.every((p) => p.isReduced === true);
}

function contraction(a: Weighed, b: Weighed): Weighed {
  // xᵀ A x weighs nothing: what A would weigh is weighed by itself.
  const [first, second] = [a.path?.join('.'), b.path?.join('.')];
  if ((a.of !== undefined && a.of === second) || (b.of !== undefined && b.of === first)) return NOTHING;
  const depth = depthOf([a, b]);
  if (!isWeighing(a, b, false)) return { depth };
  const of = depth > 0 ? undefined : roleOf(b) === 'parameter' || roleOf(a) === 'data' ? first : second;
  return { depth: depth + 1, ...(of === undefined ? {} : { of }) };
}

/** Whether one of two factors is a weight, and the other what it weighs. */
function isWeighing(a: Weighed, b: Weighed, byName: boolean): boolean {
  const [ra, rb] = [roleOf(a), roleOf(b)];
  if (byName) return (ra === 'parameter' && rb !== 'parameter') || (rb === 'parameter' && ra !== 'parameter');
  if (a.path && b.path) return ra !== rb || ra === undefined;
  return (a.path !== undefined && ra !== 'data') || (b.path !== undefined && rb !== 'data');
}

function roleOf({ path, depth }: Weighed) {
  return path && depth === 0 ? customOf(path) : undefined;
}
