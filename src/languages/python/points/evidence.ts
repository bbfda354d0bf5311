/** What the body of a function tells about its parameters, from the text alone: axes, integers, labels, keys. */
import type { NamePath } from '../../../model';
import { printNamePath } from '../../../format/namePath';
import type { Call, Expr, Parameters, Stmt } from '../ast';
import { namePath } from '../compile/compiler';
import { innerBodies } from '../compile/functions';
import { forEachChild } from '../compile/scopes';

/** What was seen of one parameter, or of a part of it (`params['W1']`). */
export interface Evidence {
  readonly path: NamePath;
  /** The number of axes, where the text fixes it: `N, D = x.shape`. */
  axes?: number | undefined;
  /** What the axes were called there. */
  letters?: readonly (string | undefined)[] | undefined;
  /** It has at least so many axes. */
  atLeast: number;
  /** Something that only arrays are given to or asked for. */
  isArray: boolean;
  /** Products and transposes: rows and columns are likely. */
  isMatrix: boolean;
  /** The number of rows is asked for. */
  isBatch: boolean;
  isInteger: boolean;
  /** Whole numbers that pick columns: `p[np.arange(N), y]`. */
  isLabels: boolean;
  isFlag: boolean;
  isCallable: boolean;
  /** Texts that it is compared with. */
  readonly choices: string[];
  /** Keys that it is asked for. */
  readonly keys: Set<string>;
  /** Attributes of an object that it is asked for before it is given any. */
  readonly attributes: Set<string>;
  /** What the function calls it, where it is a part that was unpacked. */
  localName?: string;
  /** How many things it is unpacked into. */
  items?: number;
}

/** Evidence by the text of a path, the parameters themselves included. */
export type EvidenceTable = ReadonlyMap<string, Evidence>;

const REDUCTIONS = new Set(
  'sum mean max min prod std var argmax argmin amax amin norm cumsum cumprod median any all logsumexp softmax'.split(
    ' ',
  ),
);
const PRODUCTS = new Set('dot matmul einsum tensordot inner outer'.split(' '));
const ARRAY_ATTRIBUTES = new Set('shape ndim size T dtype'.split(' '));
const ARRAY_METHODS = new Set(
  (
    'reshape transpose ravel flatten copy astype sum mean max min prod std var argmax argmin dot cumsum squeeze clip ' +
    'swapaxes repeat'
  ).split(' '),
);
/** Functions of arrays, whatever else they take. */
const ARRAY_FUNCTIONS = new Set(
  (
    'reshape transpose ravel zeros_like ones_like empty_like full_like concatenate hstack vstack stack expand_dims squeeze ' +
    'pad diag diff cov trace sort argsort linalg.norm linalg.inv linalg.solve'
  ).split(' '),
);
const SIZE_FUNCTIONS = new Set('range zeros ones empty eye identity randn rand full arange'.split(' '));
const SEQUENCE_FUNCTIONS = new Set('len zip enumerate sum reversed sorted map'.split(' '));

/** An attribute that a constructor fills with a parameter, and the code that uses it. */
export interface Carried {
  readonly parameter: string;
  readonly attribute: NamePath;
  readonly bodies: readonly Stmt[];
}

/** Parameters and statements of a function, or of what stands for one. */
export interface Body {
  readonly params: Parameters;
  readonly body: readonly Stmt[];
}

/** The function of the document that a call means, with the index of the parameter that its first argument goes to. */
export type Callees = (call: Call) => { readonly body: Body; readonly first: number } | undefined;

/** Of a constructor, what methods do with its attributes counts as well. */
export function gatherEvidence(
  f: Body,
  carried: readonly Carried[] = [],
  callees: Callees = () => undefined,
): EvidenceTable {
  const reader = new Reader(f.params, [], callees);
  reader.statements(f.body);
  for (const { parameter, attribute, bodies } of carried) {
    const other = new Reader([], [attribute], callees);
    other.statements(bodies);
    const [own, seen] = [reader.table.get(parameter), other.table.get(printNamePath(attribute))];
    if (own && seen) merge(own, seen);
  }
  return reader.table;
}

function merge(own: Evidence, other: Evidence): void {
  own.axes ??= other.axes;
  own.letters ??= other.letters;
  own.atLeast = Math.max(own.atLeast, other.atLeast);
  own.isArray ||= other.isArray;
  own.isMatrix ||= other.isMatrix;
  own.isBatch ||= other.isBatch;
  own.isInteger ||= other.isInteger;
  own.isLabels ||= other.isLabels;
  own.isFlag ||= other.isFlag;
  own.isCallable ||= other.isCallable;
  for (const choice of other.choices) own.choices.push(choice);
}

/** How deep calls of the document's functions are followed. */
const MAX_CALL_DEPTH = 3;

class Reader {
  readonly table = new Map<string, Evidence>();
  /** Attributes that the function itself has filled. */
  private readonly given = new Set<string>();
  /** Local names that stand for a part of a parameter: `W1 = params['W1']`. */
  private readonly aliases = new Map<string, NamePath>();

  constructor(
    params: Parameters,
    attributes: readonly NamePath[],
    private readonly callees: Callees,
    private readonly depth = 0,
  ) {
    for (const p of params) this.of([p.name]);
    for (const path of attributes) this.of(path);
  }

  private of(path: NamePath): Evidence {
    const key = printNamePath(path);
    let found = this.table.get(key);
    if (!found) {
      found = {
        path,
        atLeast: 0,
        isArray: false,
        isMatrix: false,
        isBatch: false,
        isInteger: false,
        isLabels: false,
        isFlag: false,
        isCallable: false,
        choices: [],
        keys: new Set(),
        attributes: new Set(),
      };
      this.table.set(key, found);
    }
    return found;
  }

  /** The evidence of an expression that names a parameter or a part of one. */
  private at(e: Expr): Evidence | undefined {
    const path = this.resolve(e);
    return path && this.table.get(printNamePath(path));
  }

  private resolve(e: Expr): NamePath | undefined {
    const path = namePath(e);
    if (!path) return undefined;
    const alias = this.aliases.get(String(path[0]));
    if (alias) return [...alias, ...path.slice(1)];
    return this.table.has(String(path[0])) || this.table.has(printNamePath(path)) ? path : undefined;
  }

  /** The parameters inside an expression that is itself computed: `x` in `x - np.max(x)`. */
  private inside(e: Expr): Evidence[] {
    const own = this.at(e);
    if (own) return [own];
    if (e.kind === 'BinOp') return [...this.inside(e.left), ...this.inside(e.right)];
    if (e.kind === 'UnaryOp') return this.inside(e.operand);
    if (e.kind === 'Call') {
      // Elementwise functions keep the axes of what they are given.
      const name = calleeName(e);
      return REDUCTIONS.has(name) || PRODUCTS.has(name) ? [] : e.args.flatMap((a) => this.inside(a));
    }
    return [];
  }

  statements(body: readonly Stmt[]): void {
    for (const s of body) this.statement(s);
  }

  private statement(s: Stmt): void {
    switch (s.kind) {
      case 'Assign':
        this.expression(s.value);
        for (const t of s.targets) {
          this.assignment(t, s.value);
          if (t.kind === 'Subscript') this.expression(t);
        }
        return;
      case 'AnnAssign':
        if (s.value) {
          this.expression(s.value);
          this.assignment(s.target, s.value);
        }
        return;
      case 'AugAssign':
        this.expression(s.value);
        this.expression(s.target);
        return;
      case 'For': {
        this.expression(s.iter);
        const iterated = this.at(s.iter);
        if (iterated) this.indexed(iterated, 1);
        this.forget(s.target);
        break;
      }
      case 'If':
      case 'While':
        this.test(s.test);
        this.expression(s.test);
        break;
      case 'Return':
      case 'Expr':
        if (s.value) this.expression(s.value);
        return;
      case 'With':
        for (const { context } of s.items) this.expression(context);
        break;
      case 'Assert':
        this.expression(s.test);
        return;
      case 'FunctionDef':
        // A closure sees the parameters too, but for those that it hides.
        if (!s.params.some((p) => this.table.has(p.name))) this.statements(s.body);
        return;
      default:
    }
    for (const inner of innerBodies(s)) this.statements(inner);
  }

  private assignment(target: Expr, value: Expr): void {
    if (target.kind === 'Tuple' || target.kind === 'List') {
      const n = target.elts.length;
      const starred = target.elts.some((t) => t.kind === 'Starred');
      const shaped = value.kind === 'Attribute' && value.attr === 'shape' ? this.at(value.value) : undefined;
      if (shaped) {
        if (!starred) {
          shaped.axes ??= n;
          shaped.letters ??= target.elts.map((t) => (t.kind === 'Name' && t.id !== '_' ? t.id : undefined));
        }
        return;
      }
      if (value.kind === 'Tuple' && value.elts.length === n) {
        target.elts.forEach((t, i) => this.assignment(t, value.elts[i] as Expr));
        return;
      }
      const whole = this.resolve(value);
      const own = whole && this.at(value);
      if (whole && own && !starred) {
        own.items ??= n;
        target.elts.forEach((t, i) => {
          if (t.kind !== 'Name') return;
          this.of([...whole, i]).localName ??= t.id;
          this.aliases.set(t.id, [...whole, i]);
        });
        return;
      }
    }
    if (target.kind !== 'Name') {
      const path = target.kind === 'Attribute' ? this.resolve(target) : undefined;
      if (path) this.given.add(printNamePath(path));
      this.forget(target);
      return;
    }
    const path = this.resolve(value) ?? (isArrayOf(value) ? this.resolve(value.args[0] as Expr) : undefined);
    if (path && this.table.has(printNamePath(path))) this.aliases.set(target.id, path);
    else if (!this.table.has(target.id)) this.aliases.delete(target.id);
  }

  private forget(target: Expr): void {
    if (target.kind === 'Name') this.aliases.delete(target.id);
    else if (target.kind === 'Tuple' || target.kind === 'List') target.elts.forEach((t) => this.forget(t));
  }

  /** `if train:` · `if not train:` */
  private test(e: Expr): void {
    if (e.kind === 'UnaryOp' && e.op === 'not') this.test(e.operand);
    else if (e.kind === 'BoolOp') e.values.forEach((v) => this.test(v));
    else {
      const own = this.at(e);
      if (own) own.isFlag = true;
    }
  }

  private indexed(own: Evidence, axes: number): void {
    own.isArray = true;
    own.atLeast = Math.max(own.atLeast, axes);
  }

  private expression(e: Expr): void {
    switch (e.kind) {
      case 'Attribute': {
        const own = this.at(e.value);
        if (own && ARRAY_ATTRIBUTES.has(e.attr)) {
          own.isArray = true;
          if (e.attr === 'T') own.isMatrix = true;
        } else if (own && !this.given.has(printNamePath([...own.path, e.attr]))) {
          own.attributes.add(e.attr);
          this.of([...own.path, e.attr]);
        }
        break;
      }
      case 'Subscript':
        this.subscript(e.value, e.slice);
        break;
      case 'BinOp':
        if (e.op === '@')
          for (const side of [e.left, e.right]) for (const own of this.inside(side)) this.product(own, true);
        if (e.op === '%' || e.op === '//') {
          const own = this.at(e.left);
          if (own && e.right.kind === 'Constant' && e.right.value.type === 'int') own.isInteger = true;
        }
        break;
      case 'Compare':
        this.comparison(e.left, e.comparators);
        break;
      case 'IfExp':
        this.test(e.test);
        break;
      case 'Call':
        this.call(e);
        break;
      case 'ListComp':
      case 'SetComp':
      case 'GeneratorExp':
      case 'DictComp':
        for (const g of e.generators) {
          this.expression(g.iter);
          const own = this.at(g.iter);
          if (own) this.indexed(own, 1);
          g.ifs.forEach((i) => this.expression(i));
        }
        if (e.kind === 'DictComp') {
          this.expression(e.key);
          this.expression(e.value);
        } else this.expression(e.elt);
        return;
      case 'Lambda':
        if (!e.params.some((p) => this.table.has(p.name))) this.expression(e.body);
        return;
      default:
    }
    // The name of a method is no attribute that has to be there.
    if (e.kind === 'Call' && e.func.kind === 'Attribute') {
      this.expression(e.func.value);
      for (const a of e.args) this.expression(a);
      for (const k of e.keywords) this.expression(k.value);
    } else forEachChild(e, (child) => this.expression(child));
  }

  private product(own: Evidence, needsAxes: boolean): void {
    own.isMatrix = true;
    own.isArray = true;
    if (needsAxes) own.atLeast = Math.max(own.atLeast, 1);
  }

  private comparison(left: Expr, comparators: readonly Expr[]): void {
    const own = this.at(left);
    if (!own) return;
    for (const c of comparators) {
      const texts = c.kind === 'Tuple' || c.kind === 'List' || c.kind === 'Set' ? c.elts : [c];
      for (const t of texts) {
        if (t.kind === 'Constant' && t.value.type === 'str') own.choices.push(t.value.value);
      }
    }
  }

  private subscript(value: Expr, slice: Expr): void {
    // `x.shape[1]`
    if (value.kind === 'Attribute' && value.attr === 'shape') {
      const own = this.at(value.value);
      if (own && slice.kind === 'Constant' && slice.value.type === 'int') {
        const i = Number(slice.value.value);
        this.indexed(own, i >= 0 ? i + 1 : -i);
        // Who asks for one extent expects more than one axis.
        own.isBatch = true;
      }
      return;
    }
    const own = this.at(value);
    if (own) {
      if (slice.kind === 'Constant' && slice.value.type === 'str') {
        own.keys.add(slice.value.value);
        this.of([...own.path, { key: slice.value.value }]);
      } else {
        const items = slice.kind === 'Tuple' ? slice.elts : [slice];
        const isNew = (i: Expr) => i.kind === 'Constant' && (i.value.type === 'None' || i.value.type === 'Ellipsis');
        const axes = items.filter((i) => !isNew(i) && !(i.kind === 'Attribute' && i.attr === 'newaxis')).length;
        this.indexed(own, axes);
      }
    }
    this.labels(slice);
  }

  /** `[np.arange(N), y]`, `np.eye(C)[y]` */
  private labels(slice: Expr): void {
    const picks = slice.kind === 'Tuple' ? slice.elts : [slice];
    const beside = picks.some((p) => p.kind === 'Call' && ['arange', 'range'].includes(calleeName(p)));
    for (const p of picks) {
      const own = this.at(p);
      if (!own) continue;
      own.isInteger = true;
      if (beside) own.isLabels = true;
    }
  }

  /** What a function of the document does with what it is given. */
  private passedOn(e: Call): void {
    const given = e.args.map((a) => this.at(a));
    if (this.depth >= MAX_CALL_DEPTH || !given.some((g) => g)) return;
    const callee = this.callees(e);
    if (!callee) return;
    const inner = new Reader(callee.body.params, [], this.callees, this.depth + 1);
    inner.statements(callee.body.body);
    given.forEach((own, i) => {
      const p = callee.body.params[callee.first + i];
      const seen = p && inner.table.get(p.name);
      if (own && seen) merge(own, seen);
    });
  }

  private call(e: Call): void {
    const name = calleeName(e);
    this.passedOn(e);
    const receiver = e.func.kind === 'Attribute' ? this.at(e.func.value) : undefined;
    if (receiver && e.func.kind === 'Attribute') {
      if (ARRAY_METHODS.has(e.func.attr)) this.indexed(receiver, axesOfAxis(e));
      if (e.func.attr === 'dot') this.product(receiver, false);
      if (['keys', 'values', 'items', 'get'].includes(e.func.attr)) {
        const key = e.args[0];
        if (e.func.attr === 'get' && key?.kind === 'Constant' && key.value.type === 'str') {
          receiver.keys.add(key.value.value);
          this.of([...receiver.path, { key: key.value.value }]);
        }
      }
    }
    const callee = this.at(e.func);
    if (callee) callee.isCallable = true;
    if (PRODUCTS.has(name)) for (const a of e.args) for (const own of this.inside(a)) this.product(own, false);
    const first = e.args[0];
    if (first && e.func.kind === 'Attribute' && REDUCTIONS.has(name)) {
      for (const own of this.inside(first)) this.indexed(own, Math.max(axesOfAxis(e), own.atLeast));
    }
    if (first && ARRAY_FUNCTIONS.has(name)) {
      const own = this.at(first);
      if (own) own.isArray = true;
    }
    if (e.func.kind === 'Name' && SEQUENCE_FUNCTIONS.has(name)) {
      for (const a of e.args) {
        const own = this.at(a);
        if (own) this.indexed(own, 1);
      }
    }
    if (SIZE_FUNCTIONS.has(name)) {
      for (const a of e.args.flatMap((x) => (x.kind === 'Tuple' ? x.elts : [x]))) {
        const own = this.at(a);
        if (own && !own.isArray) own.isInteger = true;
      }
    }
  }
}

/** `np.array(x)`, `np.asarray(x)`: another name for the same axes. */
function isArrayOf(e: Expr): e is Call {
  return e.kind === 'Call' && ['array', 'asarray', 'atleast_1d'].includes(calleeName(e)) && e.args.length > 0;
}

function calleeName(e: Call): string {
  return e.func.kind === 'Attribute' ? e.func.attr : e.func.kind === 'Name' ? e.func.id : '';
}

/** How many axes `axis=` asks for, at least one. */
function axesOfAxis(e: Call): number {
  const axis = e.keywords.find((k) => k.arg === 'axis')?.value ?? (e.func.kind === 'Attribute' ? e.args[1] : undefined);
  const number = (x: Expr | undefined): number | undefined => {
    if (x?.kind === 'Constant' && x.value.type === 'int') return Number(x.value.value);
    if (x?.kind === 'UnaryOp' && x.op === '-') {
      const n = number(x.operand);
      return n === undefined ? undefined : -n;
    }
    return undefined;
  };
  const axes = axis?.kind === 'Tuple' ? axis.elts.map(number) : [number(axis)];
  return Math.max(1, ...axes.map((n) => (n === undefined ? 1 : n >= 0 ? n + 1 : -n)));
}
