/** Statements → closures; those of generator functions that hold a `yield` → generators. */
import { printNamePath } from '../../../format/namePath';
import type { Recorder } from '../../../autodiff/recorder';
import type { Site } from '../../../model';
import type { Expr, For, Operator, Stmt, Try, While, With } from '../ast';
import { deleteAttribute, findAttribute, getAttribute, setAttribute, specialMethod } from '../attributes';
import { call } from '../calls';
import { isInstance } from '../classes';
import { PyRaise, UnknownStop } from '../errors';
import { EXCEPTIONS, raised } from '../exceptions';
import type { Frame } from '../frame';
import { close, resume } from '../generators';
import { importFrom, importModule } from '../imports';
import { UnknownIteration, deleteItem, getItem, isException, iterate, setItem } from '../iteration';
import { inplace, truth } from '../operators';
import { bindName } from '../record/bindings';
import type { LoopName, LoopNames, LoopWatch } from '../runtime';
import { PyClass, PyFloat, PyGenerator, PyInstance, PyRange, PyTuple, PyUnknown, type PyValue } from '../values/object';
import { Completion, type Evaluate, type Execute, type Resume } from './code';
import { type Compiler, namePath } from './compiler';
import { compileExpression, compileTest } from './expressions';
import { compileClassDef, compileFunctionDef } from './functions';
import { namesIn } from './mentions';
import { loadName, rawLoad, rawStore, type Store, storeName } from './names';
import { compileMatch } from './patterns';
import { storeTarget } from './targets';
import { hasOwnExit, LoopUnknown, onlyRaises, spoilStatements } from './unknownFlow';

export function compileBlock(c: Compiler, body: readonly Stmt[]): Execute {
  const parts = body.map((s) => compileStatement(c, s));
  if (parts.length === 1) return parts[0] as Execute;
  const n = parts.length;
  return (f) => {
    for (let i = 0; i < n; i++) {
      const completion = (parts[i] as Execute)(f);
      if (completion !== Completion.Normal) return completion;
    }
    return Completion.Normal;
  };
}

export function compileStatement(c: Compiler, s: Stmt): Execute {
  switch (s.kind) {
    case 'Expr': {
      if (s.value.kind === 'Constant') return () => Completion.Normal;
      const value = compileExpression(c, s.value);
      return (f) => {
        value(f);
        return Completion.Normal;
      };
    }
    case 'Assign': {
      const value = compileExpression(c, s.value);
      const stores = s.targets.map((t) => storeTarget(c, t));
      const [only] = stores as [Store];
      if (stores.length === 1) {
        return (f) => {
          only(f, value(f));
          return Completion.Normal;
        };
      }
      return (f) => {
        const v = value(f);
        for (const store of stores) store(f, v);
        return Completion.Normal;
      };
    }
    case 'AugAssign':
      return augmented(c, s.target, s.op, s.value, c.site(s));
    case 'AnnAssign': {
      const inClass = c.variables.scope.kind === 'class';
      const annotate = s.target.kind === 'Name' && inClass ? annotation(s.target.id, s.annotation) : undefined;
      if (!s.value) {
        return (f) => {
          annotate?.(f);
          return Completion.Normal;
        };
      }
      const value = compileExpression(c, s.value);
      const store = storeTarget(c, s.target);
      return (f) => {
        store(f, value(f));
        annotate?.(f);
        return Completion.Normal;
      };
    }
    case 'Return': {
      const value = s.value ? compileExpression(c, s.value) : () => null;
      return (f) => {
        f.result = value(f);
        return Completion.Return;
      };
    }
    case 'If': {
      const test = compileTest(c, s.test);
      const body = compileBlock(c, s.body);
      const orelse = compileBlock(c, s.orelse);
      const spoil = branchSpoiler(c, [s.body, s.orelse]);
      return (f) => {
        const t = test(f);
        if (typeof t !== 'boolean') return spoil(f, t);
        const { rt } = f;
        if (rt.entered && rt.recorder && rt.outside === undefined) rt.entered.add(t ? s.body : s.orelse);
        return t ? body(f) : orelse(f);
      };
    }
    case 'While':
      return whileLoop(c, s);
    case 'For':
      return forLoop(c, s);
    case 'FunctionDef':
      return definition(c, s.name.id, c.site(s.name), compileFunctionDef(c, s));
    case 'ClassDef':
      return definition(c, s.name.id, c.site(s.name), compileClassDef(c, s));
    case 'With':
      return withStatement(c, s);
    case 'Try':
      return tryStatement(c, s);
    case 'Raise':
      return raiseStatement(c, s);
    case 'Assert': {
      const test = compileTest(c, s.test);
      const message = s.message && compileExpression(c, s.message);
      return (f) => {
        // An unknown assertion is taken to hold: otherwise nothing behind it runs.
        if (test(f) === false) throw message ? raised('AssertionError', message(f)) : raised('AssertionError');
        return Completion.Normal;
      };
    }
    case 'Delete': {
      const parts = s.targets.map((t) => deletion(c, t));
      return (f) => {
        for (const part of parts) part(f);
        return Completion.Normal;
      };
    }
    case 'Import': {
      const parts = s.names.map((a) => {
        const name = a.asname ?? (a.name.split('.')[0] as string);
        return {
          path: a.name,
          whole: a.asname !== undefined,
          store: storeName(name, c.variables.lookup(name), -1),
          site: c.site(a),
        };
      });
      return (f) => {
        for (const { path, whole, store, site } of parts) store(f, importModule(f.rt, f.module, path, whole, site));
        return Completion.Normal;
      };
    }
    case 'ImportFrom': {
      const site = c.site(s);
      const { level, module } = s;
      if (!s.names) {
        return (f) => {
          importFrom(f.rt, f.module, level, module, undefined, site);
          return Completion.Normal;
        };
      }
      const parts = s.names.map((a) => {
        const name = a.asname ?? a.name;
        return { name: a.name, store: storeName(name, c.variables.lookup(name), -1) };
      });
      const names = parts.map((p) => p.name);
      return (f) => {
        const values = importFrom(f.rt, f.module, level, module, names, site);
        parts.forEach(({ store }, i) => store(f, values[i] as PyValue));
        return Completion.Normal;
      };
    }
    case 'Match':
      return compileMatch(c, s);
    case 'Break':
      return () => Completion.Break;
    case 'Continue':
      return () => Completion.Continue;
    case 'Broken': {
      const site = c.site(s);
      const { reason } = s;
      return (f) => {
        throw new UnknownStop(f.rt.unknown('syntax', reason, site));
      };
    }
    default:
      return () => Completion.Normal;
  }
}

/** What dataclasses look for in annotations. */
const MARKERS = ['ClassVar', 'InitVar', 'KW_ONLY'];

/** The class remembers its annotated names, each with the marker that its annotation has, if any. */
function annotation(name: string, e: Expr): (f: Frame) => void {
  const head = e.kind === 'Subscript' ? e.value : e;
  const text =
    head.kind === 'Name'
      ? head.id
      : head.kind === 'Attribute'
        ? head.attr
        : head.kind === 'Constant' && head.value.type === 'str'
          ? (/^(?:\w+\.)?(\w+)/.exec(head.value.value)?.[1] ?? '')
          : '';
  const marker = MARKERS.includes(text) ? text : null;
  return (f) => {
    f.names?.set('__annotated__', new PyTuple([...annotatedNames(f), new PyTuple([name, marker])]));
  };
}

function annotatedNames(f: Frame): readonly PyValue[] {
  const known = f.names?.get('__annotated__');
  return known instanceof PyTuple ? known.items : [];
}

function definition(c: Compiler, name: string, site: Site, make: Evaluate): Execute {
  const store = storeName(name, c.variables.lookup(name), site);
  return (f) => {
    store(f, make(f));
    return Completion.Normal;
  };
}

/** What an unknown condition does: spoils what its branches may change, or ends what it may end. */
function branchSpoiler(
  c: Compiler,
  branches: readonly (readonly Stmt[])[],
): (f: Frame, unknown: PyUnknown) => Completion {
  // Where every branch that ends does so by raising, whoever sees a value behind it knows that it was not taken.
  const spoil = spoilStatements(c, branches.filter((b) => !onlyRaises(b)).flat());
  return (f, unknown) => {
    spoil(f, unknown);
    return Completion.Normal;
  };
}

function augmented(c: Compiler, target: Expr, op: Operator, valueExpr: Expr, site: Site): Execute {
  const value = compileExpression(c, valueExpr);
  switch (target.kind) {
    case 'Name': {
      const at = c.variables.lookup(target.id);
      const load = loadName(target.id, at, c.site(target, [target.id]));
      const store = storeName(target.id, at, c.site(target, [target.id], true));
      return (f) => {
        const a = load(f);
        const b = value(f);
        if (a instanceof PyFloat && b instanceof PyFloat && a.kind === 0 && b.kind === 0) {
          if (op === '+') {
            store(f, new PyFloat(a.v + b.v));
            return Completion.Normal;
          }
          if (op === '-') {
            store(f, new PyFloat(a.v - b.v));
            return Completion.Normal;
          }
        }
        store(f, inplace(f.rt, op, a, b, site));
        return Completion.Normal;
      };
    }
    case 'Attribute': {
      const object = compileExpression(c, target.value);
      const path = namePath(target);
      const loadSite = c.site(target, path);
      const storeSite = c.site(target, path, true);
      const { attr } = target;
      return (f) => {
        const o = object(f);
        const old = getAttribute(f.rt, o, attr, loadSite);
        if (f.rt.recorder) f.rt.notice(old, loadSite);
        const result = inplace(f.rt, op, old, value(f), site);
        if (path && f.rt.recorder) bindName(f.rt, path, result, storeSite);
        setAttribute(f.rt, o, attr, result, storeSite);
        return Completion.Normal;
      };
    }
    default: {
      const subscript = target as Expr & { kind: 'Subscript' };
      const object = compileExpression(c, subscript.value);
      const index = compileExpression(c, subscript.slice);
      const path = namePath(subscript);
      const loadSite = c.site(subscript, path);
      const storeSite = c.site(subscript, path, true);
      return (f) => {
        const o = object(f);
        const i = index(f);
        const old = getItem(f.rt, o, i, loadSite);
        if (f.rt.recorder) f.rt.notice(old, loadSite);
        const result = inplace(f.rt, op, old, value(f), site);
        if (path && f.rt.recorder) bindName(f.rt, path, result, storeSite);
        setItem(f.rt, o, i, result, storeSite);
        return Completion.Normal;
      };
    }
  }
}

function deletion(c: Compiler, target: Expr): (f: Frame) => void {
  const site = c.site(target);
  switch (target.kind) {
    case 'Name': {
      const at = c.variables.lookup(target.id);
      const load = loadName(target.id, at, site);
      const write = rawStore(at);
      return (f) => {
        load(f);
        write(f, undefined);
      };
    }
    case 'Attribute': {
      const object = compileExpression(c, target.value);
      const { attr } = target;
      return (f) => deleteAttribute(f.rt, object(f), attr, site);
    }
    case 'Subscript': {
      const object = compileExpression(c, target.value);
      const index = compileExpression(c, target.slice);
      return (f) => deleteItem(f.rt, object(f), index(f), site);
    }
    case 'Tuple':
    case 'List': {
      const parts = target.elts.map((t) => deletion(c, t));
      return (f) => {
        for (const part of parts) part(f);
      };
    }
    default:
      return () => undefined;
  }
}

// Loops.

/** Turns are folded groups of steps while a window is recorded. */
function enterTurn(f: Frame, name: string, site: Site): Recorder | undefined {
  const { recorder, outside } = f.rt;
  if (!recorder || outside !== undefined) return undefined;
  recorder.enter('turn', name, site);
  return recorder;
}

/** The body between two looks at it. */
function watchedBody(c: Compiler, s: For | While, body: Execute): (f: Frame, watch: LoopWatch) => Completion {
  let names: LoopNames | undefined;
  return (f, watch) => {
    names ??= loopNames(c, s);
    watch.before(f, names);
    const completion = body(f);
    watch.after(f, names);
    return completion;
  };
}

/** The variables that a loop mentions: looked up when somebody asks, and all known to the compiler by then. */
function loopNames(c: Compiler, s: For | While): LoopNames {
  const local = new Map<string, LoopName>();
  for (const name of namesIn(s)) {
    const at = c.variables.lookup(name);
    local.set(name, { get: rawLoad(at), set: rawStore(at) });
  }
  return { local };
}

function whileLoop(c: Compiler, s: While): Execute {
  const test = compileTest(c, s.test);
  const body = compileBlock(c, s.body);
  const orelse = compileBlock(c, s.orelse);
  const site = c.site(s);
  const watched = watchedBody(c, s, body);
  const spoil = spoilStatements(c, [...s.body, ...s.orelse], true);
  const loop: Execute = (f) => {
    if (f.rt.loopWatch?.loop === s) f.rt.loopWatch.begin?.(f);
    for (;;) {
      f.rt.tick();
      const t = test(f);
      if (t === false) break;
      if (t !== true) {
        spoil(f, t);
        return Completion.Normal;
      }
      const turn = enterTurn(f, 'while', site);
      const completion = f.rt.loopWatch?.loop === s ? watched(f, f.rt.loopWatch) : body(f);
      turn?.leave();
      if (completion === Completion.Break) return Completion.Normal;
      if (completion === Completion.Return) return completion;
    }
    return orelse(f);
  };
  return guardLoop(s.body, loop, spoil);
}

function forLoop(c: Compiler, s: For): Execute {
  const iter = compileExpression(c, s.iter);
  const store = storeTarget(c, s.target);
  const body = compileBlock(c, s.body);
  const orelse = compileBlock(c, s.orelse);
  const site = c.site(s);
  const iterSite = c.site(s.iter);
  const path = namePath(s.target);
  const name = path ? printNamePath(path) : 'for';
  const watched = watchedBody(c, s, body);
  const spoil = spoilStatements(c, [s, ...s.body, ...s.orelse], true);
  const turn = (f: Frame, item: PyValue): Completion => {
    f.rt.tick();
    const recorder = enterTurn(f, name, site);
    store(f, item);
    const completion = f.rt.loopWatch?.loop === s ? watched(f, f.rt.loopWatch) : body(f);
    recorder?.leave();
    return completion;
  };
  const loop: Execute = (f) => {
    const value = iter(f);
    if (f.rt.loopWatch?.loop === s) f.rt.loopWatch.begin?.(f);
    if (value instanceof PyRange) {
      const { start, step, length_: n } = value;
      for (let i = 0; i < n; i++) {
        const completion = turn(f, start + i * step);
        if (completion === Completion.Break) return Completion.Normal;
        if (completion === Completion.Return) return completion;
      }
      return orelse(f);
    }
    try {
      const items = iterate(f.rt, value, iterSite);
      for (let next = items.next(); !next.done; next = items.next()) {
        const completion = turn(f, next.value);
        if (completion === Completion.Break) return Completion.Normal;
        if (completion === Completion.Return) return completion;
      }
    } catch (error) {
      if (!(error instanceof UnknownIteration)) throw error;
      spoil(f, error.value);
      return Completion.Normal;
    }
    return orelse(f);
  };
  return guardLoop(s.body, loop, spoil);
}

/** A loop that something unknown may leave: what it changes is unknown, and the code behind it goes on. */
function guardLoop(body: readonly Stmt[], loop: Execute, spoil: (f: Frame, unknown: PyUnknown) => void): Execute {
  if (!hasOwnExit(body)) return loop;
  return (f) => {
    try {
      return loop(f);
    } catch (error) {
      if (!(error instanceof LoopUnknown)) throw error;
      spoil(f, error.value);
      return Completion.Normal;
    }
  };
}

// Exceptions and context managers.

function raiseStatement(c: Compiler, s: Stmt & { kind: 'Raise' }): Execute {
  const exc = s.exc && compileExpression(c, s.exc);
  const cause = s.cause && compileExpression(c, s.cause);
  const site = c.site(s);
  return (f) => {
    if (!exc) {
      const current = f.rt.handling[f.rt.handling.length - 1];
      f.rt.place = site;
      throw current ? new PyRaise(current) : raised('RuntimeError', 'No active exception to reraise');
    }
    const value = exc(f);
    const reason = cause?.(f);
    f.rt.place = site;
    if (value instanceof PyUnknown) throw new UnknownStop(value);
    const instance = value instanceof PyClass ? call(f.rt, value, [], undefined, site) : value;
    if (!(instance instanceof PyInstance) || !instance.klass.isSubclassOf(EXCEPTIONS.get('BaseException') as PyClass)) {
      throw raised('TypeError', 'exceptions must derive from BaseException');
    }
    if (reason !== undefined) {
      instance.attrs.set('__cause__', reason);
      instance.attrs.set('__suppress_context__', true);
    }
    within(f, instance);
    f.rt.place = site;
    throw new PyRaise(instance);
  };
}

interface CompiledHandler {
  readonly type: Evaluate | undefined;
  readonly store: Store | undefined;
  readonly clear: ((f: Frame, value: undefined) => void) | undefined;
  readonly site: Site;
}

function compileHandlers(c: Compiler, s: Try): CompiledHandler[] {
  return s.handlers.map((h) => ({
    type: h.type && compileExpression(c, h.type),
    store: h.name && storeName(h.name.id, c.variables.lookup(h.name.id), c.site(h.name)),
    clear: h.name && rawStore(c.variables.lookup(h.name.id)),
    site: c.site(h),
  }));
}

/** An exception that is raised while another is being handled keeps that one as its context. */
function within(f: Frame, exception: PyInstance): void {
  const { handling } = f.rt;
  const context = handling[handling.length - 1];
  if (context && context !== exception && !exception.attrs.has('__context__')) {
    exception.attrs.set('__context__', context);
  }
}

/** Index of the handler that takes an exception, or −1. */
function findHandler(f: Frame, handlers: readonly CompiledHandler[], error: PyRaise): number {
  for (let i = 0; i < handlers.length; i++) {
    const { type, site } = handlers[i] as CompiledHandler;
    if (!type) return i;
    const matches = isInstance(f.rt, error.exception, type(f), site);
    if (matches instanceof PyUnknown) throw new UnknownStop(matches);
    if (matches) return i;
  }
  return -1;
}

function tryStatement(c: Compiler, s: Try): Execute {
  const body = compileBlock(c, s.body);
  const handlers = compileHandlers(c, s);
  const blocks = s.handlers.map((h) => compileBlock(c, h.body));
  const orelse = compileBlock(c, s.orelse);
  const final = compileBlock(c, s.final);
  // If something in the body is unknown, it may have raised: either way is possible.
  const spoil = spoilStatements(c, [...s.body, ...s.handlers.flatMap((h) => h.body), ...s.orelse]);
  const hasFinal = s.final.length > 0;
  const guarded: Execute = (f) => {
    const { unknownEvents: before, depth } = f.rt;
    const scope = f.rt.recorder?.depth;
    let completion: Completion;
    try {
      completion = body(f);
    } catch (error) {
      if (!(error instanceof PyRaise)) throw error;
      within(f, error.exception);
      const i = findHandler(f, handlers, error);
      if (i < 0) throw error;
      f.rt.depth = depth;
      if (scope !== undefined) f.rt.recorder?.leaveTo(scope);
      const { store, clear } = handlers[i] as CompiledHandler;
      store?.(f, error.exception);
      f.rt.handling.push(error.exception);
      try {
        return (blocks[i] as Execute)(f);
      } catch (other) {
        if (other instanceof PyRaise) within(f, other.exception);
        throw other;
      } finally {
        f.rt.handling.pop();
        clear?.(f, undefined);
      }
    }
    if (handlers.length > 0 && f.rt.unknownEvents !== before) {
      const cause = f.rt.lastUnknown;
      if (cause && completion === Completion.Normal) {
        spoil(f, cause);
        return Completion.Normal;
      }
      if (cause) throw new UnknownStop(cause);
    }
    return completion === Completion.Normal ? orelse(f) : completion;
  };
  if (!hasFinal) return guarded;
  return (f) => {
    let completion: Completion;
    try {
      completion = guarded(f);
    } catch (error) {
      // Only Python's own exceptions run the `finally` block.
      if (error instanceof PyRaise) {
        f.rt.handling.push(error.exception);
        try {
          const last = final(f);
          if (last !== Completion.Normal) return last;
        } catch (other) {
          if (other instanceof PyRaise) within(f, other.exception);
          throw other;
        } finally {
          f.rt.handling.pop();
        }
      }
      throw error;
    }
    const { result } = f;
    const last = final(f);
    if (last !== Completion.Normal) return last;
    f.result = result;
    return completion;
  };
}

interface Manager {
  readonly exit: ((f: Frame, error: PyRaise | undefined) => boolean) | undefined;
}

/** Enters a context manager and says how to leave it. */
function enterManager(f: Frame, manager: PyValue, site: Site): { value: PyValue } & Manager {
  if (manager instanceof PyUnknown) return { value: f.rt.spread(manager), exit: undefined };
  const own = manager instanceof PyInstance ? specialMethod(manager, '__enter__') : undefined;
  const enter = own ?? findAttribute(f.rt, manager, '__enter__', site);
  if (enter === undefined) {
    f.rt.place = site;
    throw raised('TypeError', 'this object does not support the context manager protocol');
  }
  const value = call(f.rt, enter, own ? [manager] : [], undefined, site);
  return {
    value,
    exit: (frame, error) => {
      const leave = own
        ? specialMethod(manager as PyInstance, '__exit__')
        : findAttribute(frame.rt, manager, '__exit__', site);
      if (leave === undefined) return false;
      const args: PyValue[] = error ? [error.exception.klass, error.exception, null] : [null, null, null];
      const result = call(frame.rt, leave, own ? [manager, ...args] : args, undefined, site);
      const t = truth(frame.rt, result, site);
      if (t instanceof PyUnknown && error) throw new UnknownStop(t);
      return t === true;
    },
  };
}

function withStatement(c: Compiler, s: With): Execute {
  const body = compileBlock(c, s.body);
  return s.items.reduceRight<Execute>((inner, item) => {
    const context = compileExpression(c, item.context);
    const store = item.target && storeTarget(c, item.target);
    const site = c.site(item.context);
    return (f) => {
      const { value, exit } = enterManager(f, context(f), site);
      store?.(f, value);
      let completion: Completion;
      try {
        completion = inner(f);
      } catch (error) {
        if (error instanceof PyRaise && exit?.(f, error)) return Completion.Normal;
        throw error;
      }
      const { result } = f;
      exit?.(f, undefined);
      f.result = result;
      return completion;
    };
  }, body);
}

// Generator functions.

/** Whether a statement can `yield`, outside inner functions. */
function yields(s: Stmt): boolean {
  switch (s.kind) {
    case 'Expr':
    case 'Return':
      return isYield(s.value);
    case 'Assign':
      return isYield(s.value);
    case 'AugAssign':
    case 'AnnAssign':
      return isYield(s.value);
    case 'If':
    case 'While':
    case 'For':
      return s.body.some(yields) || s.orelse.some(yields);
    case 'With':
      return s.body.some(yields);
    case 'Try':
      return [s.body, s.orelse, s.final, ...s.handlers.map((h) => h.body)].some((b) => b.some(yields));
    case 'Match':
      return s.cases.some((m) => m.body.some(yields));
    default:
      return false;
  }
}

function isYield(e: Expr | undefined): boolean {
  return e?.kind === 'Yield' || e?.kind === 'YieldFrom';
}

export function compileResumableBlock(c: Compiler, body: readonly Stmt[]): Resume {
  const parts = body.map((s) =>
    yields(s)
      ? { resume: resumable(c, s), execute: undefined }
      : { resume: undefined, execute: compileStatement(c, s) },
  );
  return function* (f) {
    for (const { resume: run, execute } of parts) {
      const completion = execute ? execute(f) : yield* (run as Resume)(f);
      if (completion !== Completion.Normal) return completion;
    }
    return Completion.Normal;
  };
}

type YieldStep = (f: Frame) => Generator<PyValue, PyValue, PyValue>;

function compileYield(c: Compiler, e: Expr): YieldStep {
  const site = c.site(e);
  if (e.kind === 'YieldFrom') {
    const value = compileExpression(c, e.value);
    return function* (f) {
      const source = value(f);
      if (source instanceof PyGenerator) {
        let step = resume(f.rt, source, null);
        while (!step.done) {
          let sent: PyValue = null;
          let thrown: PyRaise | undefined;
          try {
            sent = yield step.value;
          } catch (error) {
            if (!(error instanceof PyRaise)) throw error;
            thrown = error;
          }
          if (thrown && isException(thrown, 'GeneratorExit')) {
            close(f.rt, source);
            throw thrown;
          }
          step = resume(f.rt, source, sent, thrown?.exception);
        }
        return step.value;
      }
      const items = iterate(f.rt, source, site);
      for (let step = items.next(); !step.done; step = items.next()) yield step.value;
      return null;
    };
  }
  const value = e.kind === 'Yield' && e.value ? compileExpression(c, e.value) : () => null;
  return function* (f) {
    return yield value(f);
  };
}

function resumable(c: Compiler, s: Stmt): Resume {
  switch (s.kind) {
    case 'Expr': {
      const step = compileYield(c, s.value);
      return function* (f) {
        yield* step(f);
        return Completion.Normal;
      };
    }
    case 'Return': {
      const step = compileYield(c, s.value as Expr);
      return function* (f) {
        f.result = yield* step(f);
        return Completion.Return;
      };
    }
    case 'Assign':
    case 'AnnAssign': {
      const step = compileYield(c, s.value as Expr);
      const stores = (s.kind === 'Assign' ? s.targets : [s.target]).map((t) => storeTarget(c, t));
      return function* (f) {
        const v = yield* step(f);
        for (const store of stores) store(f, v);
        return Completion.Normal;
      };
    }
    case 'If': {
      const test = compileTest(c, s.test);
      const body = compileResumableBlock(c, s.body);
      const orelse = compileResumableBlock(c, s.orelse);
      return function* (f) {
        const t = test(f);
        if (t instanceof PyUnknown) throw new UnknownStop(t);
        return yield* t ? body(f) : orelse(f);
      };
    }
    case 'While': {
      const test = compileTest(c, s.test);
      const body = compileResumableBlock(c, s.body);
      const orelse = compileResumableBlock(c, s.orelse);
      return function* (f) {
        for (;;) {
          f.rt.tick();
          const t = test(f);
          if (t instanceof PyUnknown) throw new UnknownStop(t);
          if (!t) break;
          const completion = yield* body(f);
          if (completion === Completion.Break) return Completion.Normal;
          if (completion === Completion.Return) return completion;
        }
        return yield* orelse(f);
      };
    }
    case 'For': {
      const iter = compileExpression(c, s.iter);
      const store = storeTarget(c, s.target);
      const body = compileResumableBlock(c, s.body);
      const orelse = compileResumableBlock(c, s.orelse);
      const site = c.site(s.iter);
      return function* (f) {
        const items = iterate(f.rt, iter(f), site);
        for (let next = items.next(); !next.done; next = items.next()) {
          f.rt.tick();
          store(f, next.value);
          const completion = yield* body(f);
          if (completion === Completion.Break) return Completion.Normal;
          if (completion === Completion.Return) return completion;
        }
        return yield* orelse(f);
      };
    }
    case 'With': {
      const body = compileResumableBlock(c, s.body);
      return s.items.reduceRight<Resume>((inner, item) => {
        const context = compileExpression(c, item.context);
        const store = item.target && storeTarget(c, item.target);
        const site = c.site(item.context);
        return function* (f) {
          const { value, exit } = enterManager(f, context(f), site);
          store?.(f, value);
          let completion: Completion;
          try {
            completion = yield* inner(f);
          } catch (error) {
            if (error instanceof PyRaise && exit?.(f, error)) return Completion.Normal;
            throw error;
          }
          const { result } = f;
          exit?.(f, undefined);
          f.result = result;
          return completion;
        };
      }, body);
    }
    case 'Try':
      return resumableTry(c, s);
    default: {
      const site = c.site(s);
      const refuse = (f: Frame): never => {
        throw new UnknownStop(f.rt.unknown('unsupported', '`yield` here is not supported', site));
      };
      return (f) => refuse(f);
    }
  }
}

function resumableTry(c: Compiler, s: Try): Resume {
  const body = compileResumableBlock(c, s.body);
  const handlers = compileHandlers(c, s);
  const blocks = s.handlers.map((h) => compileResumableBlock(c, h.body));
  const orelse = compileResumableBlock(c, s.orelse);
  const final = compileResumableBlock(c, s.final);
  const guarded: Resume = function* (f) {
    let completion: Completion;
    try {
      completion = yield* body(f);
    } catch (error) {
      if (!(error instanceof PyRaise)) throw error;
      within(f, error.exception);
      const i = findHandler(f, handlers, error);
      if (i < 0) throw error;
      const { store, clear } = handlers[i] as CompiledHandler;
      store?.(f, error.exception);
      f.rt.handling.push(error.exception);
      try {
        return yield* (blocks[i] as Resume)(f);
      } catch (other) {
        if (other instanceof PyRaise) within(f, other.exception);
        throw other;
      } finally {
        f.rt.handling.pop();
        clear?.(f, undefined);
      }
    }
    return completion === Completion.Normal ? yield* orelse(f) : completion;
  };
  return function* (f) {
    let completion: Completion;
    try {
      completion = yield* guarded(f);
    } catch (error) {
      if (error instanceof PyRaise) {
        const last = yield* final(f);
        if (last !== Completion.Normal) return last;
      }
      throw error;
    }
    const { result } = f;
    const last = yield* final(f);
    if (last !== Completion.Normal) return last;
    f.result = result;
    return completion;
  };
}
