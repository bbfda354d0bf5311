/** Functions, lambdas and classes: their code, and making them. */
import { call } from '../calls';
import { makeClass } from '../classes';
import type { ClassDef, Expr, FunctionDef, Lambda, Parameters, Stmt } from '../ast';
import { type Cell, Frame } from '../frame';
import { PyFunction, PyUnknown, type PyValue } from '../values/object';
import { type Body, Completion, type Evaluate, type FunctionCode, type OuterName } from './code';
import { Compiler, FrameLayout, type Program, Variables } from './compiler';
import { compileExpression, compileItems } from './expressions';
import { compileBlock, compileResumableBlock } from './statements';
import type { Scope } from './scopes';
import { captureCells } from './targets';

/** The static part of a function; its body is compiled at the first call. */
export function functionCode(program: Program, node: FunctionDef | Lambda, qualname: string): FunctionCode {
  const scope = program.scope(node);
  const { params } = node;
  const free = [...scope.free];
  const layout = new FrameLayout(scope);
  const variables = new Variables(scope, program, layout, free);
  for (const p of params) variables.slot(p.name);
  const unit = program.units.add(qualname, { from: node.from, to: node.to });
  const positional = params.filter((p) => p.kind === 'positional' || p.kind === 'positional-only');
  const index = (kind: string) => params.findIndex((p) => p.kind === kind);
  let body: Body | undefined;
  const code: FunctionCode = {
    name: node.kind === 'Lambda' ? '<lambda>' : node.name.id,
    qualname,
    docstring: node.kind === 'Lambda' ? undefined : docstring(node.body),
    unit,
    params,
    positionalCount: positional.length,
    simpleParameters: positional.length === params.length,
    varPositional: index('var-positional'),
    varKeyword: index('var-keyword'),
    slotCount: params.length,
    ownCells: layout.ownCells,
    parameterCells: params.flatMap((p, i) =>
      scope.captured.has(p.name) ? [[i, variables.cell(p.name)] as const] : [],
    ),
    ...outerNames(scope, free),
    node,
    body() {
      if (body === undefined) {
        const compiler = new Compiler(program, unit, variables, params[0]?.name);
        for (const p of params) compiler.site(p, [p.name], true);
        body = node.kind === 'Lambda' ? lambdaBody(compiler, node) : functionBody(compiler, node, scope);
        code.slotCount = layout.slotCount;
      }
      return body;
    },
  };
  program.codes.push(code);
  return code;
}

/** Where parameters stand among the sites of a function: they come first, in order. */
export function parameterSite(code: FunctionCode, index: number): number {
  return code.unit.number * 65_536 + index;
}

function lambdaBody(c: Compiler, node: Lambda): Body {
  const run = compileExpression(c, node.body);
  return { kind: 'direct', run };
}

function functionBody(c: Compiler, node: FunctionDef, scope: Scope): Body {
  const broken = firstBroken(node.body);
  if (broken) return { kind: 'broken', reason: broken.reason, site: c.site(broken) };
  if (node.isAsync)
    return {
      kind: 'broken',
      reason: 'asynchronous code is not supported',
      site: c.site(node.name),
    };
  if (scope.hasYield) {
    const block = compileResumableBlock(c, node.body);
    return {
      kind: 'generator',
      *start(f) {
        const completion = yield* block(f);
        return completion === Completion.Return ? f.result : null;
      },
    };
  }
  const block = compileBlock(c, node.body);
  return { kind: 'direct', run: (f) => (block(f) === Completion.Return ? f.result : null) };
}

/** The first statement that can not be read, outside inner functions and classes. */
function firstBroken(body: readonly Stmt[]): (Stmt & { kind: 'Broken' }) | undefined {
  for (const s of body) {
    if (s.kind === 'Broken') return s;
    for (const inner of innerBodies(s)) {
      const found = firstBroken(inner);
      if (found) return found;
    }
  }
  return undefined;
}

export function innerBodies(s: Stmt): readonly (readonly Stmt[])[] {
  switch (s.kind) {
    case 'If':
    case 'While':
    case 'For':
      return [s.body, s.orelse];
    case 'With':
      return [s.body];
    case 'Try':
      return [s.body, ...s.handlers.map((h) => h.body), s.orelse, s.final];
    case 'Match':
      return s.cases.map((m) => m.body);
    default:
      return [];
  }
}

function docstring(body: readonly Stmt[]): string | undefined {
  const first = body[0];
  if (first?.kind !== 'Expr' || first.value.kind !== 'Constant' || first.value.value.type !== 'str') return undefined;
  return first.value.value.value;
}

/** What a function, and those inside it, mention of other scopes. */
function outerNames(scope: Scope, free: readonly string[]): { freeNames: OuterName[]; globalNames: OuterName[] } {
  const globals = new Map<string, boolean>();
  const assignedFree = new Set<string>();
  const visit = (s: Scope): void => {
    for (const name of s.nonlocals) assignedFree.add(name);
    for (const name of [...s.used, ...s.globals]) {
      if (s.resolve(name).kind === 'global') globals.set(name, (globals.get(name) ?? false) || s.globals.has(name));
    }
    s.children.forEach(visit);
  };
  visit(scope);
  return {
    freeNames: free.map((name, index) => ({ name, index, assigned: assignedFree.has(name) })),
    globalNames: [...globals].map(([name, assigned]) => ({ name, index: 0, assigned })),
  };
}

/** Makes a function object. */
function closure(c: Compiler, node: FunctionDef | Lambda, name: string): (f: Frame) => PyFunction {
  const { program } = c;
  const prefix =
    c.unit.qualname === '' ? '' : `${c.unit.qualname}${c.variables.scope.kind === 'class' ? '.' : '.<locals>.'}`;
  const code = functionCode(program, node, `${prefix}${name}`);
  const capture = captureCells(c, [...program.scope(node).free]);
  const defaults = defaultValues(c, node.params);
  return (f) => {
    const fn = new PyFunction(code, f.module, capture(f), defaults(f));
    // A function inside a method knows the method's class, for `super()` in comprehensions and closures.
    if (f.homeClass) fn.homeClass = f.homeClass;
    return fn;
  };
}

function defaultValues(c: Compiler, params: Parameters): (f: Frame) => (PyValue | undefined)[] {
  const parts = params.map((p) => p.default && compileExpression(c, p.default));
  if (!parts.some((p) => p)) return () => [];
  return (f) => parts.map((p) => p?.(f));
}

export function compileLambda(c: Compiler, e: Lambda): Evaluate {
  return closure(c, e, '<lambda>');
}

export function compileFunctionDef(c: Compiler, s: FunctionDef): Evaluate {
  const make = closure(c, s, s.name.id);
  return decorated(c, s.decorators, make);
}

/** Applies decorators, the lowest first. */
function decorated(c: Compiler, decorators: readonly Expr[], make: Evaluate): Evaluate {
  if (decorators.length === 0) return make;
  const parts = decorators.map((d) => ({ value: compileExpression(c, d), site: c.site(d) }));
  return (f) => {
    const callees = parts.map(({ value }) => value(f));
    let result = make(f);
    for (let i = parts.length - 1; i >= 0; i--) {
      result = call(f.rt, callees[i] as PyValue, [result], undefined, (parts[i] as { site: number }).site);
    }
    return result;
  };
}

export function compileClassDef(c: Compiler, s: ClassDef): Evaluate {
  const { program } = c;
  const scope = program.scope(s);
  const prefix =
    c.unit.qualname === '' ? '' : `${c.unit.qualname}${c.variables.scope.kind === 'class' ? '.' : '.<locals>.'}`;
  const unit = program.units.add(`${prefix}${s.name.id}`, { from: s.from, to: s.to });
  const free = [...scope.free];
  const layout = new FrameLayout(scope);
  const inner = new Compiler(program, unit, new Variables(scope, program, layout, free));
  const capture = captureCells(c, free);
  const block = compileBlock(inner, s.body);
  const bases = compileItems(c, s.bases);
  const keywords = s.keywords.map((k) => ({
    name: k.arg ?? '',
    value: compileExpression(c, k.value),
  }));
  const site = c.site(s.name);
  const { id } = s.name;
  const doc = docstring(s.body);
  return decorated(c, s.decorators, (f) => {
    const parents = bases(f);
    const kwargs = new Map(keywords.map(({ name, value }) => [name, value(f)]));
    const cells: Cell[] = [];
    for (let i = 0; i < layout.ownCells; i++) cells.push({ v: undefined });
    const frame = new Frame(f.rt, f.module, new Array(layout.slotCount), [...cells, ...capture(f)], f.fn);
    frame.names = new Map<string, PyValue>([
      ['__module__', f.module.name],
      ['__qualname__', unit.qualname],
    ]);
    if (doc !== undefined) frame.names.set('__doc__', doc);
    block(frame);
    frame.names.delete('__qualname__');
    if (parents instanceof PyUnknown) return parents;
    f.rt.place = site;
    return makeClass(f.rt, id, parents, frame.names, kwargs.size > 0 ? kwargs : undefined, site);
  });
}
