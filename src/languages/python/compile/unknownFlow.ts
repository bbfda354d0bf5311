/**
 * What code that may or may not run could change: a branch with an unknown condition, the body of a loop
 * over something unknown. Names that it assigns become unknown, and so does what it may mutate.
 */
import type { Expr, Stmt } from '../ast';
import { UnknownStop } from '../errors';
import type { Frame } from '../frame';
import { spoil } from '../spoil';
import {
  PyBuiltin,
  PyClass,
  PyDict,
  PyInstance,
  PyList,
  PyModule,
  type PyObject,
  type PyUnknown,
  type PyValue,
} from '../values/object';
import { type Compiler, namePath } from './compiler';
import { innerBodies } from './functions';
import { peekName, rawStore } from './names';
import { forEachChild } from './scopes';

/** Thrown where something unknown decides whether a loop goes on. */
export class LoopUnknown {
  constructor(readonly value: PyUnknown) {}
}

export type Spoiler = (f: Frame, unknown: PyUnknown) => void;

interface Effects {
  readonly assigned: Set<string>;
  /** `name.attr = …` */
  readonly attributes: { readonly base: string; readonly attr: string }[];
  /** `name[…] = …`, `name op= …`, `del name[…]`: the container changes. */
  readonly containers: Set<string>;
  /** Every call, by the root name of its callee, with all names that it mentions. */
  readonly calls: { readonly root: string | undefined; readonly names: ReadonlySet<string> }[];
  returns: boolean;
  leavesLoop: boolean;
}

/** @param loop the statements are the body of a loop: its own `break` and `continue` stay inside */
export function spoilStatements(c: Compiler, body: readonly Stmt[], loop = false): Spoiler {
  let compiled: Spoiler | undefined;
  return (f, unknown) => {
    if (!compiled) {
      const effects = noEffects();
      statementEffects(body, effects, loop ? 1 : 0);
      compiled = spoiler(c, effects);
    }
    compiled(f, unknown);
  };
}

/** Expressions that may not be evaluated: what their calls and `:=` change. */
export function spoilExpressions(c: Compiler, expressions: readonly Expr[]): Spoiler {
  let compiled: Spoiler | undefined;
  return (f, unknown) => {
    if (!compiled) {
      const effects = noEffects();
      for (const e of expressions) expressionEffects(e, effects);
      compiled = spoiler(c, effects);
    }
    compiled(f, unknown);
  };
}

function noEffects(): Effects {
  return {
    assigned: new Set(),
    attributes: [],
    containers: new Set(),
    calls: [],
    returns: false,
    leavesLoop: false,
  };
}

/** Whether the statements do nothing but raise. */
export function onlyRaises(body: readonly Stmt[]): boolean {
  return (
    body.length > 0 &&
    body[body.length - 1]?.kind === 'Raise' &&
    body.every((s) => s.kind === 'Raise' || s.kind === 'Expr')
  );
}

/** Whether the body can leave or restart its loop by itself. */
export function hasOwnExit(body: readonly Stmt[]): boolean {
  return body.some((s) => {
    if (s.kind === 'Break' || s.kind === 'Continue') return true;
    if (s.kind === 'For' || s.kind === 'While') return hasOwnExit(s.orelse);
    return innerBodies(s).some(hasOwnExit);
  });
}

function spoiler(c: Compiler, effects: Effects): Spoiler {
  const peek = (name: string) => peekName(c.variables.lookup(name));
  const assigned = [...effects.assigned].map((name) => rawStore(c.variables.lookup(name)));
  const attributes = effects.attributes.map(({ base, attr }) => ({ base: peek(base), attr }));
  const containers = [...effects.containers].map(peek);
  const calls = effects.calls.map(({ root, names }) => ({
    root: root === undefined ? undefined : peek(root),
    names: [...names].map(peek),
  }));
  return (f, unknown) => {
    const seen = new Set<PyObject>();
    for (const { root, names } of calls) {
      if (root && isInert(root(f))) continue;
      for (const name of names) {
        const value = name(f);
        if (value !== undefined) spoil(f.rt, value, unknown, seen);
      }
    }
    for (const { base, attr } of attributes) {
      const object = base(f);
      if (object instanceof PyInstance) object.attrs.set(attr, unknown);
      else if (object !== undefined) spoil(f.rt, object, unknown, seen);
    }
    for (const container of containers) {
      const value = container(f);
      if (value instanceof PyList || value instanceof PyDict) value.unknown ??= unknown;
      else if (value !== undefined) spoil(f.rt, value, unknown, seen);
    }
    for (const write of assigned) write(f, unknown);
    if (effects.returns) throw new UnknownStop(unknown);
    if (effects.leavesLoop) throw new LoopUnknown(unknown);
  };
}

/** Built-in functions, functions of libraries and built-in classes change none of their arguments. */
function isInert(callee: PyValue | undefined): boolean {
  if (callee === undefined) return true;
  if (callee instanceof PyModule) return callee.library;
  return callee instanceof PyBuiltin || (callee instanceof PyClass && !callee.userDefined);
}

function statementEffects(body: readonly Stmt[], effects: Effects, loops: number): void {
  for (const s of body) {
    switch (s.kind) {
      case 'Assign':
        expressionEffects(s.value, effects);
        for (const t of s.targets) targetEffects(t, effects);
        break;
      case 'AugAssign':
        expressionEffects(s.value, effects);
        targetEffects(s.target, effects);
        // A list is extended in place.
        if (s.target.kind === 'Name') effects.containers.add(s.target.id);
        break;
      case 'AnnAssign':
        if (s.value) {
          expressionEffects(s.value, effects);
          targetEffects(s.target, effects);
        }
        break;
      case 'For':
        expressionEffects(s.iter, effects);
        targetEffects(s.target, effects);
        statementEffects(s.body, effects, loops + 1);
        statementEffects(s.orelse, effects, loops);
        break;
      case 'While':
        expressionEffects(s.test, effects);
        statementEffects(s.body, effects, loops + 1);
        statementEffects(s.orelse, effects, loops);
        break;
      case 'If':
        expressionEffects(s.test, effects);
        for (const inner of innerBodies(s)) statementEffects(inner, effects, loops);
        break;
      case 'With':
        for (const item of s.items) {
          expressionEffects(item.context, effects);
          if (item.target) targetEffects(item.target, effects);
        }
        statementEffects(s.body, effects, loops);
        break;
      case 'Try':
        for (const h of s.handlers) if (h.name) effects.assigned.add(h.name.id);
        for (const inner of innerBodies(s)) statementEffects(inner, effects, loops);
        break;
      case 'Match':
        expressionEffects(s.subject, effects);
        for (const inner of innerBodies(s)) statementEffects(inner, effects, loops);
        break;
      case 'FunctionDef':
      case 'ClassDef':
        effects.assigned.add(s.name.id);
        break;
      case 'Import':
        for (const a of s.names) effects.assigned.add(a.asname ?? (a.name.split('.')[0] as string));
        break;
      case 'ImportFrom':
        for (const a of s.names ?? []) effects.assigned.add(a.asname ?? a.name);
        break;
      case 'Delete':
        for (const t of s.targets) targetEffects(t, effects);
        break;
      case 'Return':
        if (s.value) expressionEffects(s.value, effects);
        effects.returns = true;
        break;
      case 'Raise':
      case 'Broken':
        effects.returns = true;
        break;
      case 'Break':
      case 'Continue':
        if (loops === 0) effects.leavesLoop = true;
        break;
      case 'Expr':
        expressionEffects(s.value, effects);
        break;
      case 'Assert':
        expressionEffects(s.test, effects);
        break;
      default:
    }
  }
}

function targetEffects(t: Expr, effects: Effects): void {
  switch (t.kind) {
    case 'Name':
      effects.assigned.add(t.id);
      break;
    case 'Attribute':
      if (t.value.kind === 'Name') effects.attributes.push({ base: t.value.id, attr: t.attr });
      else containerEffects(t.value, effects);
      break;
    case 'Subscript':
      containerEffects(t.value, effects);
      break;
    case 'Starred':
      targetEffects(t.value, effects);
      break;
    case 'Tuple':
    case 'List':
      for (const x of t.elts) targetEffects(x, effects);
      break;
    default:
      expressionEffects(t, effects);
  }
}

/** The object that an element or attribute belongs to: by its name, else everything that its expression mentions. */
function containerEffects(e: Expr, effects: Effects): void {
  if (e.kind === 'Name') effects.containers.add(e.id);
  else effects.calls.push({ root: undefined, names: mentioned(e) });
}

function expressionEffects(e: Expr, effects: Effects): void {
  if (e.kind === 'Call') {
    const path = namePath(e.func);
    effects.calls.push({ root: path ? String(path[0]) : undefined, names: mentioned(e) });
  } else if (e.kind === 'NamedExpr') effects.assigned.add(e.target.id);
  else if (e.kind === 'Yield' || e.kind === 'YieldFrom') effects.returns = true;
  else if (e.kind === 'ListComp' || e.kind === 'SetComp' || e.kind === 'GeneratorExp' || e.kind === 'DictComp') {
    effects.calls.push({ root: undefined, names: mentioned(e) });
  }
  forEachChild(e, (child) => expressionEffects(child, effects));
}

function mentioned(e: Expr, into: Set<string> = new Set()): Set<string> {
  if (e.kind === 'Name') into.add(e.id);
  else if (e.kind === 'Lambda') mentioned(e.body, into);
  else if (e.kind === 'ListComp' || e.kind === 'SetComp' || e.kind === 'GeneratorExp' || e.kind === 'DictComp') {
    for (const r of e.kind === 'DictComp' ? [e.key, e.value] : [e.elt]) mentioned(r, into);
    for (const g of e.generators) for (const x of [g.iter, ...g.ifs]) mentioned(x, into);
  } else forEachChild(e, (child) => mentioned(child, into));
  return into;
}
