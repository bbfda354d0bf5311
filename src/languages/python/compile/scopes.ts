/** Which variable a name means: Python's rules of scope, decided before anything runs. */
import type { ClassDef, Comprehension, Expr, FunctionDef, Lambda, Module, Parameters, Pattern, Stmt } from '../ast';

export type ScopeKind = 'module' | 'function' | 'class' | 'comprehension';

/** What a name refers to in a scope. */
export type Reference =
  | { readonly kind: 'local' }
  | { readonly kind: 'cell' }
  | { readonly kind: 'free' }
  | { readonly kind: 'global' }
  | { readonly kind: 'class' };

export class Scope {
  readonly bound = new Set<string>();
  readonly globals = new Set<string>();
  readonly nonlocals = new Set<string>();
  readonly used = new Set<string>();
  readonly children: Scope[] = [];
  /** Bound here and used by an inner function: shared in a cell. */
  readonly captured = new Set<string>();
  /** Names of enclosing functions that this one, or one inside it, uses. */
  readonly free = new Set<string>();
  hasYield = false;
  /** Of a generator expression. */
  isGenerator = false;

  constructor(
    readonly kind: ScopeKind,
    readonly parent: Scope | undefined,
  ) {
    parent?.children.push(this);
  }

  /** What the name means where it is written in this scope. */
  resolve(name: string): Reference {
    if (this.globals.has(name)) return { kind: 'global' };
    if (this.bound.has(name) && !this.nonlocals.has(name)) {
      if (this.kind === 'module') return { kind: 'global' };
      if (this.kind === 'class') return { kind: 'class' };
      return { kind: this.captured.has(name) ? 'cell' : 'local' };
    }
    if (this.free.has(name)) return { kind: 'free' };
    return { kind: this.kind === 'class' ? 'class' : 'global' };
  }
}

export type ScopeNode = Module | FunctionDef | Lambda | ClassDef | Expr;

/** Scopes by the node that opens them. */
export type ScopeTable = ReadonlyMap<object, Scope>;

/** Builds and resolves the scopes of a whole module. */
export function analyseScopes(module: Module): ScopeTable {
  const table = new Map<object, Scope>();
  const root = new Scope('module', undefined);
  table.set(module, root);
  new Walker(table, root).statements(module.body);
  resolveFree(root);
  return table;
}

/** Finds the owners of names that are used but not bound; marks them captured there and free in between. */
function resolveFree(scope: Scope): void {
  for (const child of scope.children) resolveFree(child);
  for (const name of new Set([...scope.used, ...scope.nonlocals])) {
    if (scope.globals.has(name) || (scope.bound.has(name) && !scope.nonlocals.has(name))) continue;
    markFree(scope, name);
  }
}

function markFree(scope: Scope, name: string): void {
  const path: Scope[] = [scope];
  for (let s = scope.parent; s; s = s.parent) {
    if (s.kind === 'class') {
      path.push(s);
      continue;
    }
    if (s.kind === 'module') return;
    if (s.globals.has(name)) return;
    if (s.bound.has(name) && !s.nonlocals.has(name)) {
      // Comprehensions run in the frame of the function around them: no cell is needed between the two.
      if (path.some((p) => p.kind !== 'comprehension')) s.captured.add(name);
      for (const p of path) p.free.add(name);
      return;
    }
    path.push(s);
  }
}

class Walker {
  constructor(
    private readonly table: Map<object, Scope>,
    private readonly scope: Scope,
  ) {}

  private open(kind: ScopeKind, node: object): Walker {
    const scope = new Scope(kind, this.scope);
    this.table.set(node, scope);
    return new Walker(this.table, scope);
  }

  private bind(name: string): void {
    this.scope.bound.add(name);
  }

  statements(body: readonly Stmt[]): void {
    for (const s of body) this.statement(s);
  }

  private statement(s: Stmt): void {
    switch (s.kind) {
      case 'FunctionDef': {
        for (const d of s.decorators) this.expression(d);
        this.parameters(s.params);
        this.bind(s.name.id);
        const inner = this.open('function', s);
        for (const p of s.params) inner.bind(p.name);
        inner.statements(s.body);
        break;
      }
      case 'ClassDef': {
        for (const e of [...s.decorators, ...s.bases]) this.expression(e);
        for (const k of s.keywords) this.expression(k.value);
        this.bind(s.name.id);
        this.open('class', s).statements(s.body);
        break;
      }
      case 'Return':
      case 'Expr':
        if (s.value) this.expression(s.value);
        break;
      case 'Delete':
        for (const t of s.targets) this.target(t);
        break;
      case 'Assign':
        this.expression(s.value);
        for (const t of s.targets) this.target(t);
        break;
      case 'AugAssign':
        this.expression(s.value);
        this.expression(s.target);
        this.target(s.target);
        break;
      case 'AnnAssign':
        if (s.value) this.expression(s.value);
        this.target(s.target);
        break;
      case 'For':
        this.expression(s.iter);
        this.target(s.target);
        this.statements(s.body);
        this.statements(s.orelse);
        break;
      case 'While':
      case 'If':
        this.expression(s.test);
        this.statements(s.body);
        this.statements(s.orelse);
        break;
      case 'With':
        for (const { context, target } of s.items) {
          this.expression(context);
          if (target) this.target(target);
        }
        this.statements(s.body);
        break;
      case 'Try':
        this.statements(s.body);
        for (const h of s.handlers) {
          if (h.type) this.expression(h.type);
          if (h.name) this.bind(h.name.id);
          this.statements(h.body);
        }
        this.statements(s.orelse);
        this.statements(s.final);
        break;
      case 'Raise':
        for (const e of [s.exc, s.cause]) if (e) this.expression(e);
        break;
      case 'Assert':
        this.expression(s.test);
        if (s.message) this.expression(s.message);
        break;
      case 'Import':
        for (const a of s.names) this.bind(a.asname ?? (a.name.split('.')[0] as string));
        break;
      case 'ImportFrom':
        for (const a of s.names ?? []) this.bind(a.asname ?? a.name);
        break;
      case 'Global':
        for (const n of s.names) this.scope.globals.add(n.id);
        break;
      case 'Nonlocal':
        for (const n of s.names) this.scope.nonlocals.add(n.id);
        break;
      case 'Match':
        this.expression(s.subject);
        for (const c of s.cases) {
          this.pattern(c.pattern);
          if (c.guard) this.expression(c.guard);
          this.statements(c.body);
        }
        break;
      default:
    }
  }

  private parameters(params: Parameters): void {
    for (const p of params) if (p.default) this.expression(p.default);
  }

  private target(e: Expr): void {
    switch (e.kind) {
      case 'Name':
        this.bind(e.id);
        break;
      case 'Starred':
        this.target(e.value);
        break;
      case 'Tuple':
      case 'List':
        for (const x of e.elts) this.target(x);
        break;
      default:
        this.expression(e);
    }
  }

  private pattern(p: Pattern): void {
    switch (p.kind) {
      case 'MatchValue':
        this.expression(p.value);
        break;
      case 'MatchAs':
        if (p.pattern) this.pattern(p.pattern);
        if (p.name) this.bind(p.name.id);
        break;
      case 'MatchStar':
        if (p.name) this.bind(p.name.id);
        break;
      case 'MatchMapping':
        for (const { key, pattern } of p.items) {
          this.expression(key);
          this.pattern(pattern);
        }
        if (p.rest) this.bind(p.rest.id);
        break;
      case 'MatchClass':
        this.expression(p.cls);
        for (const q of p.patterns) this.pattern(q);
        for (const k of p.keywords) this.pattern(k.pattern);
        break;
      default:
        for (const q of p.patterns) this.pattern(q);
    }
  }

  private expression(e: Expr): void {
    switch (e.kind) {
      case 'Name':
        this.scope.used.add(e.id);
        break;
      case 'Lambda': {
        this.parameters(e.params);
        const inner = this.open('function', e);
        for (const p of e.params) inner.bind(p.name);
        inner.expression(e.body);
        break;
      }
      case 'ListComp':
      case 'SetComp':
      case 'DictComp':
        this.comprehension(e, 'comprehension', e.generators, e.kind === 'DictComp' ? [e.key, e.value] : [e.elt]);
        break;
      case 'GeneratorExp':
        this.comprehension(e, 'function', e.generators, [e.elt]);
        break;
      case 'NamedExpr':
        this.expression(e.value);
        this.namedTarget(e.target.id);
        break;
      case 'Yield':
      case 'YieldFrom':
        this.scope.hasYield = true;
        if (e.value) this.expression(e.value);
        break;
      default:
        forEachChild(e, (child) => this.expression(child));
    }
  }

  /** `:=` binds in the function around comprehensions. */
  private namedTarget(name: string): void {
    let s = this.scope;
    while ((s.kind === 'comprehension' || s.isGenerator) && s.parent) {
      s.used.add(name);
      s = s.parent;
    }
    s.bound.add(name);
  }

  private comprehension(
    node: Expr,
    kind: ScopeKind,
    generators: readonly Comprehension[],
    results: readonly Expr[],
  ): void {
    const [first, ...rest] = generators as [Comprehension, ...Comprehension[]];
    this.expression(first.iter);
    const inner = this.open(kind, node);
    inner.scope.isGenerator = kind === 'function';
    inner.target(first.target);
    for (const condition of first.ifs) inner.expression(condition);
    for (const g of rest) {
      inner.expression(g.iter);
      inner.target(g.target);
      for (const condition of g.ifs) inner.expression(condition);
    }
    for (const r of results) inner.expression(r);
  }
}

/** The direct sub-expressions that belong to the same scope. */
export function forEachChild(e: Expr, visit: (child: Expr) => void): void {
  switch (e.kind) {
    case 'Attribute':
    case 'Starred':
    case 'Await':
      visit(e.value);
      break;
    case 'Subscript':
      visit(e.value);
      visit(e.slice);
      break;
    case 'Slice':
      for (const x of [e.lower, e.upper, e.step]) if (x) visit(x);
      break;
    case 'Call':
      visit(e.func);
      e.args.forEach(visit);
      for (const k of e.keywords) visit(k.value);
      break;
    case 'BinOp':
      visit(e.left);
      visit(e.right);
      break;
    case 'UnaryOp':
      visit(e.operand);
      break;
    case 'BoolOp':
      e.values.forEach(visit);
      break;
    case 'Compare':
      visit(e.left);
      e.comparators.forEach(visit);
      break;
    case 'IfExp':
      visit(e.test);
      visit(e.body);
      visit(e.orelse);
      break;
    case 'NamedExpr':
      visit(e.value);
      break;
    case 'Tuple':
    case 'List':
    case 'Set':
      e.elts.forEach(visit);
      break;
    case 'Dict':
      for (const { key, value } of e.items) {
        if (key) visit(key);
        visit(value);
      }
      break;
    case 'JoinedStr': {
      const parts = (values: typeof e.values): void => {
        for (const v of values) {
          if (typeof v === 'string') continue;
          visit(v.value);
          if (v.spec) parts(v.spec);
        }
      };
      parts(e.values);
      break;
    }
    case 'Yield':
    case 'YieldFrom':
      if (e.value) visit(e.value);
      break;
    default:
  }
}
