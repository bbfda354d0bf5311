/** Finds what can be differentiated in a module: functions of numbers, methods of layers, the script itself. */
import type { Span } from '../../../model';
import type { Traceable } from '../../frontEnd';
import { LOSS_NAME } from './lossNames';
import type { ClassDef, Expr, FunctionDef, Module, Parameter, Stmt } from '../ast';
import { isMainGuard } from '../compile/program';
import { forEachChild } from '../compile/scopes';
import type { Directive } from '../../directives';
import { type Callee, Dependence, Flow } from './flow';
import { isLiteral, isMaker } from './literal';
import { isDerivative, Weighing } from './weighing';

interface Judged {
  /** Whether it is shown unasked; everything else can be asked for by name or place. */
  readonly listed: boolean;
}

export interface FoundFunction extends Traceable, Judged {
  readonly node: FunctionDef;
  /** The class whose method it is. */
  readonly owner?: ClassDef;
}

export interface FoundScript extends Traceable, Judged {
  readonly kind: 'script';
  /** Names of outputs in order, the last one being the usual choice. */
  readonly outputs: readonly string[];
}

export type Found = FoundFunction | FoundScript;

/** Libraries whose import tells that a file is about numbers. */
const NUMERIC_LIBRARIES = new Set([
  'numpy',
  'scipy',
  'torch',
  'tensorflow',
  'jax',
  'autograd',
  'keras',
  'theano',
  'sympy',
  'cupy',
  'mxnet',
  'minpy',
  'flax',
  'optax',
]);

/** Libraries whose import tells that a file is about services; the powers of such a file are growing delays. */
const SERVICE_LIBRARIES = new Set(
  (
    'logging asyncio socket socketserver ssl select selectors http urllib smtplib ftplib requests httpx aiohttp urllib3 ' +
    'flask django fastapi starlette tornado celery redis sqlite3 sqlalchemy psycopg2 boto3 botocore grpc subprocess'
  ).split(' '),
);

/**
 * Names that parameters have in mathematics and seldom elsewhere: one letter, which may have an index, or a Greek
 * letter. Letters that count things (i, j, k, n, m) say nothing.
 */
const MATHEMATICAL_NAME =
  /^(?:[a-hlo-zA-HL-Z](?:_?\d+)?|[xyzw](?:_?\w)|alpha|beta|gamma|delta|epsilon|eps|zeta|eta|theta|kappa|lam|lambda_|mu|nu|xi|rho|sigma|tau|phi|chi|psi|omega)(?:_?\d+)?$/;
const COUNTING_NAME = /^[ijknm]$/;

/**
 * Everything that depends on its inputs by arithmetic, in order of its place.
 * @param assumed libraries that the document uses without an import, by name
 */
export function findTraceables(
  module: Module,
  directives: readonly Directive[],
  assumed: ReadonlyMap<string, string> = new Map(),
): Found[] {
  const ignored = directives.filter((d) => d.kind === 'ignore');
  const wanted = directives.filter((d) => d.kind === 'at' || d.kind === 'of' || d.kind === 'checks');
  const isService = importsAny(module.body, SERVICE_LIBRARIES);
  const variablePower = isService ? Dependence.Arithmetic : Dependence.Smooth;
  const functions = new Map<string, FunctionDef>();
  const methods = new Map<string, FunctionDef[]>();
  for (const s of module.body) {
    if (s.kind === 'FunctionDef') functions.set(s.name.id, s);
    else if (s.kind === 'ClassDef') {
      // Which object a method is called on is not known here: any method of that name may be meant.
      for (const m of s.body)
        if (m.kind === 'FunctionDef') methods.set(m.name.id, [...(methods.get(m.name.id) ?? []), m]);
    }
  }
  const judged = new Map<FunctionDef, Dependence>();
  const callee: Callee = (name) => {
    const others = functions.has(name) ? [functions.get(name) as FunctionDef] : methods.get(name);
    return others?.map(judge).reduce((a, b) => Math.max(a, b));
  };
  const judge = (f: FunctionDef): Dependence => {
    const known = judged.get(f);
    if (known !== undefined) return known;
    // A recursive call carries its arguments.
    judged.set(f, Dependence.Carried);
    const flow = new Flow(callee, variablePower);
    for (const p of f.params) if (mayBeNumber(p)) flow.known.set(p.name, Dependence.Carried);
    flow.statements(f.body);
    judged.set(f, flow.returned);
    return flow.returned;
  };
  // A file that computes one smooth function is about numbers: its products and quotients are, too.
  const isNumeric = () => !isService && [...functions.values(), ...[...methods.values()].flat()].some(isSmooth);
  const isSmooth = (f: FunctionDef) => judge(f) >= Dependence.Smooth && f.params.some((p) => mayBeNumber(p));
  const isAboutArrays = importsAny(module.body, NUMERIC_LIBRARIES) || assumed.size > 0;
  const needed = isAboutArrays ? Dependence.Arithmetic : isNumeric() ? Dependence.Product : Dependence.Smooth;
  const weighing = new Weighing((name) =>
    functions.has(name) ? [functions.get(name) as FunctionDef] : (methods.get(name) ?? []),
  );
  const found: Found[] = [];
  const isIgnored = (s: Span) => ignored.some((d) => (d.from >= s.from && d.to <= s.to) || precedes(d, s, module));
  const isWanted = (s: Span) => wanted.some((d) => (d.from >= s.from && d.to <= s.to) || precedes(d, s, module));
  const visit = (body: readonly Stmt[], prefix: string, owner: ClassDef | undefined): void => {
    for (const s of body) {
      if (s.kind === 'ClassDef') visit(s.body, `${prefix}${s.name.id}.`, s);
      else if (s.kind === 'If' || s.kind === 'Try' || s.kind === 'With') visit(s.body, prefix, owner);
      else if (s.kind === 'FunctionDef' && !isIgnored(s)) {
        const dependence = judge(s);
        if ((dependence === Dependence.None && !isWanted(s)) || !s.params.some((p) => mayBeNumber(p))) continue;
        const usual = isService || !hasMathematicalNames(s) ? needed : Math.min(needed, Dependence.Product);
        const enough = isAboutArrays && isLayerForward(s, owner) ? Dependence.Carried : usual;
        const listed = !isHelperMethod(s, owner) && (dependence >= enough || isWanted(s));
        found.push(foundFunction(s, prefix, owner, listed, weighing));
      }
    }
  };
  visit(module.body, '', undefined);
  const shown = new Set(found.flatMap((t) => (t.listed && 'node' in t ? [t.node] : [])));
  const script = findScript(module, functions, callee, needed, variablePower, shown);
  if (
    script &&
    !ignored.some((d) => !module.body.some((s) => s.kind === 'FunctionDef' && d.from >= s.from && d.to <= s.to))
  ) {
    found.push(script);
  }
  return numbered(found);
}

/** A directive on the lines right above a statement, with nothing between. */
function precedes(d: Span, s: Span, module: Module): boolean {
  return d.to <= s.from && !module.body.some((other) => other.from >= d.to && other.to <= s.from);
}

/** Operators, constructors and hand-written backward passes are not looked at by themselves. */
function isHelperMethod(f: FunctionDef, owner: ClassDef | undefined): boolean {
  const name = f.name.id;
  return (
    owner !== undefined &&
    ((name.startsWith('__') && name !== '__call__') || name === 'backward' || name === '_backward')
  );
}

/** Whether every parameter that must be given, and could be a number, has a name of mathematics; one that counts is no evidence. */
function hasMathematicalNames(f: FunctionDef): boolean {
  const names = f.params.filter((p) => p.default === undefined && p.name !== 'self').map((p) => p.name);
  return (
    names.some((name) => MATHEMATICAL_NAME.test(name)) &&
    names.every((name) => MATHEMATICAL_NAME.test(name) || COUNTING_NAME.test(name))
  );
}

/** `forward` beside a `backward`: a layer, even where it only picks and moves numbers, as a ReLU with a mask does. */
function isLayerForward(f: FunctionDef, owner: ClassDef | undefined): boolean {
  return (
    f.name.id === 'forward' && (owner?.body.some((m) => m.kind === 'FunctionDef' && m.name.id === 'backward') ?? false)
  );
}

function foundFunction(
  node: FunctionDef,
  prefix: string,
  owner: ClassDef | undefined,
  listed: boolean,
  weighing: Weighing,
): FoundFunction {
  const id = `${prefix}${node.name.id}`;
  return {
    id,
    name: id,
    kind: weighing.kindOf(node),
    ...(isDerivative(node) ? { derivative: true as const } : {}),
    language: 'python',
    span: { from: node.from, to: node.to },
    nameSpan: { from: node.name.from, to: node.name.to },
    node,
    listed,
    ...(owner ? { owner } : {}),
  };
}

function numbered(found: readonly Found[]): Found[] {
  const counts = new Map<string, number>();
  return found.map((t) => {
    const n = (counts.get(t.id) ?? 0) + 1;
    counts.set(t.id, n);
    return n === 1 ? t : { ...t, id: `${t.id}#${n}` };
  });
}

/** Whether the annotation and the default of a parameter leave room for a number or an array. */
function mayBeNumber(p: Parameter): boolean {
  if (p.name === 'self' || p.name === 'cls') return true;
  const { annotation } = p;
  if (
    annotation?.kind === 'Name' &&
    ['str', 'bool', 'bytes', 'dict', 'set', 'object', 'Path', 'Callable'].includes(annotation.id)
  ) {
    return false;
  }
  if (
    annotation?.kind === 'Constant' &&
    annotation.value.type === 'str' &&
    /^(str|bool|bytes)$/.test(annotation.value.value)
  )
    return false;
  const value = p.default;
  return !(
    value?.kind === 'Constant' &&
    (value.value.type === 'str' || value.value.type === 'bool' || value.value.type === 'bytes')
  );
}

function importsAny(body: readonly Stmt[], libraries: ReadonlySet<string>): boolean {
  return body.some((s) => {
    if (s.kind === 'Import') return s.names.some((a) => libraries.has(a.name.split('.')[0] as string));
    if (s.kind === 'ImportFrom') return libraries.has(s.module.split('.')[0] as string);
    if (s.kind === 'Try') return importsAny(s.body, libraries);
    return false;
  });
}

export interface LeafTarget {
  readonly name: string;
  readonly span: Span;
  /** An object of a class of the document: the numbers in its fields are the leaves. */
  readonly isObject: boolean;
  /** A function of the document makes it: arrays and objects that come out of it, and depend on no input, are leaves. */
  readonly isMade?: true;
}

/**
 * Names that a statement at the top gives literal numbers, fresh ones, or an object that holds such numbers.
 * @param classes names of the classes of the document
 * @param functions names of its functions
 */
export function leafTargets(
  s: Stmt,
  classes: ReadonlySet<string>,
  functions: ReadonlySet<string> = new Set(),
): readonly LeafTarget[] {
  const pairs: [Expr, Expr][] = [];
  if (s.kind === 'Assign') for (const t of s.targets) pairs.push([t, s.value]);
  else if (s.kind === 'AnnAssign' && s.value) pairs.push([s.target, s.value]);
  return pairs.flatMap(([target, value]) => {
    if (target.kind === 'Name') {
      const isObject = value.kind === 'Call' && value.func.kind === 'Name' && classes.has(value.func.id);
      if (isObject || isLeaf(value)) return [{ name: target.id, span: target, isObject }];
      return isMade(value, classes, functions)
        ? [{ name: target.id, span: target, isObject: false, isMade: true as const }]
        : [];
    }
    // Several objects at once may be nodes without numbers of their own; a call that answers several things is one of a function.
    const isUnpacked = (target.kind === 'Tuple' || target.kind === 'List') && value.kind === 'Call';
    if (isUnpacked && isMade(value, classes, functions))
      return target.elts.flatMap((t) =>
        t.kind === 'Name' ? [{ name: t.id, span: t, isObject: false, isMade: true as const }] : [],
      );
    if (target.kind === 'Tuple' && value.kind === 'Tuple' && target.elts.length === value.elts.length) {
      return target.elts.flatMap((t, i) =>
        t.kind === 'Name' && isLeaf(value.elts[i] as Expr) ? [{ name: t.id, span: t, isObject: false }] : [],
      );
    }
    return [];
  });
}

/**
 * A call of a function or class of the document without numbers that it could be evaluated at (sizes and options are none), or
 * a container of such: `init(3, 4)`, `[Dense(2, 3), Tanh()]`, `[Layer(n, n) for _ in range(4)]`.
 */
function isMade(e: Expr, classes: ReadonlySet<string>, functions: ReadonlySet<string>): boolean {
  const inner = (x: Expr) => isMade(x, classes, functions);
  switch (e.kind) {
    case 'List':
    case 'Tuple':
      return e.elts.length > 0 && e.elts.every(inner);
    case 'Dict':
      return e.items.length > 0 && e.items.every(({ key, value }) => key !== undefined && inner(value));
    case 'ListComp':
      return inner(e.elt);
    case 'DictComp':
      return inner(e.value);
    case 'Call': {
      const { func } = e;
      const isHome = func.kind === 'Name' && (classes.has(func.id) || functions.has(func.id));
      // A container of layers is made of layers: `Sequential(Dense(2, 3), Dense(3, 1))`, `Sequential([…])`.
      return isHome && e.args.every((a) => !isPoint(a) || inner(a));
    }
    default:
      return false;
  }
}

/** A number with a fraction, or an array: something that a function is evaluated at. */
function isPoint(e: Expr): boolean {
  if (e.kind === 'Constant') return e.value.type === 'float';
  if (e.kind === 'UnaryOp') return isPoint(e.operand);
  if (e.kind === 'List' || e.kind === 'Tuple') return e.elts.some(isPoint);
  return e.kind === 'Call' && (isLiteral(e) || isMaker(e));
}

/** Names of the functions that a module defines at its top. */
export function homeFunctions(module: Module): ReadonlySet<string> {
  return new Set(module.body.flatMap((s) => (s.kind === 'FunctionDef' ? [s.name.id] : [])));
}

/** Names of the classes that a module defines at its top. */
export function homeClasses(module: Module): ReadonlySet<string> {
  return new Set(module.body.flatMap((s) => (s.kind === 'ClassDef' ? [s.name.id] : [])));
}

/** A literal, a fresh array, or a container of them: `{'W1': np.random.randn(2, 3), 'b1': np.zeros(3)}`. */
function isLeaf(e: Expr): boolean {
  if (e.kind === 'List' || e.kind === 'Tuple') return e.elts.length > 0 && e.elts.every(isLeaf);
  if (e.kind === 'Dict')
    return e.items.length > 0 && e.items.every(({ key, value }) => key?.kind === 'Constant' && isLeaf(value));
  return isLiteral(e) || isMaker(e);
}

/** Whether a name occurs in an expression. */
export function mentionsName(e: Expr, name: string): boolean {
  if (e.kind === 'Name') return e.id === name;
  let found = false;
  forEachChild(e, (child) => {
    found ||= mentionsName(child, name);
  });
  return found;
}

/** Names that a statement assigns, at the top of a module. */
export function assignedNames(s: Stmt): string[] {
  const names: string[] = [];
  const target = (e: Expr): void => {
    if (e.kind === 'Name') names.push(e.id);
    else if (e.kind === 'Tuple' || e.kind === 'List') e.elts.forEach(target);
    else if (e.kind === 'Starred') target(e.value);
  };
  if (s.kind === 'Assign') s.targets.forEach(target);
  else if (s.kind === 'AnnAssign' || s.kind === 'AugAssign') target(s.target);
  else if (s.kind === 'Broken') return [...(s.assigns ?? [])];
  else if (s.kind === 'For' || s.kind === 'While' || s.kind === 'If' || s.kind === 'With') {
    return s.body.flatMap(assignedNames);
  }
  return names;
}

function findScript(
  module: Module,
  functions: ReadonlyMap<string, FunctionDef>,
  callee: Callee,
  needed: Dependence,
  variablePower: Dependence,
  shown: ReadonlySet<FunctionDef>,
): FoundScript | undefined {
  const flow = new Flow(callee, variablePower);
  const classes = homeClasses(module);
  const top = module.body.flatMap((s) => (isMainGuard(s) ? s.body : [s]));
  const outputs: string[] = [];
  const others: string[] = [];
  for (const s of top) {
    if (s.kind === 'FunctionDef' || s.kind === 'ClassDef') continue;
    flow.statements([s]);
    for (const { name, isMade } of leafTargets(s, classes, new Set(functions.keys()))) {
      // What a function makes of its inputs depends on them, and is no beginning.
      if (!isMade || (flow.known.get(name) ?? Dependence.None) === Dependence.None)
        flow.known.set(name, Dependence.Carried);
    }
    const literalCall = callsWithLiterals(s, functions, shown);
    for (const name of assignedNames(s)) {
      const dependence = flow.known.get(name) ?? Dependence.None;
      if (dependence >= needed || literalCall) outputs.push(name);
      else if (dependence >= Dependence.Arithmetic) others.push(name);
    }
  }
  const listed = outputs.length > 0;
  const candidates = listed ? outputs : others;
  const usual = candidates.filter((n) => LOSS_NAME.test(n)).pop() ?? candidates[candidates.length - 1];
  if (usual === undefined) return undefined;
  const [first, last] = [top[0] as Stmt, top[top.length - 1] as Stmt];
  return {
    id: usual,
    name: usual,
    kind: 'script',
    language: 'python',
    span: { from: first.from, to: last.to },
    listed,
    outputs: [...candidates.filter((n) => n !== usual), usual],
  };
}

/** `y = f(2, 5)`: a function that is shown, called with numbers written out. */
function callsWithLiterals(
  s: Stmt,
  functions: ReadonlyMap<string, FunctionDef>,
  shown: ReadonlySet<FunctionDef>,
): boolean {
  const value = s.kind === 'Assign' || s.kind === 'AnnAssign' ? s.value : undefined;
  if (value?.kind !== 'Call' || value.func.kind !== 'Name') return false;
  const f = functions.get(value.func.id);
  const literals = [...value.args, ...value.keywords.map((k) => k.value)].some(isLiteral);
  return f !== undefined && literals && shown.has(f);
}
