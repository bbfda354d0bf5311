/** Arguments from calls in other files of the workspace: `from model import f` … `f(2.0, [1, 2])`. */
import type { Workspace } from '../../frontEnd';
import type { Call, Expr, Module, Name, Stmt } from '../ast';
import { nodesIn } from '../check/walk';
import { compileModule } from '../compile/program';
import { BudgetStop, NeedsStop, PyRaise, UnknownStop } from '../errors';
import { isLiteral } from '../find/literal';
import { ModuleScope } from '../frame';
import { UnknownIteration } from '../iteration';
import { LIBRARIES } from '../modules';
import { parseModule } from '../parse';
import { runModule } from '../run';
import type { PyFunction, PyValue } from '../values/object';
import { folderOf, placesOfModule } from '../workspaceModules';
import { CallCapture } from './capture';
import type { Session } from './plan';

export interface ArgumentsElsewhere {
  /** By parameter; undefined for what the call leaves to its default. */
  readonly values: readonly (PyValue | undefined)[];
  /** “from the call in run.py, line 12” */
  readonly why: string;
}

const KNOWN = new WeakMap<Session, Map<object, ArgumentsElsewhere | undefined>>();

/**
 * The arguments of the first call of a function in a file that imports it, if they are written out there, or are names that
 * are given such values once. Nothing of that file is run but this call.
 * @throws NeedsStop
 */
export function argumentsElsewhere(session: Session, fn: PyFunction): ArgumentsElsewhere | undefined {
  const known = KNOWN.get(session) ?? new Map<object, ArgumentsElsewhere | undefined>();
  KNOWN.set(session, known);
  const { node } = fn.code;
  if (!known.has(node)) known.set(node, find(session, fn));
  return known.get(node);
}

function find(session: Session, fn: PyFunction): ArgumentsElsewhere | undefined {
  const { workspace } = session.rt.options;
  const { uri } = session.scope;
  const name = fn.code.name;
  const listed = workspace.near?.(uri, '.py') ?? (workspace.near ? undefined : []);
  if (listed === undefined) throw new NeedsStop([]);
  const wanted: string[] = [];
  const files: { readonly uri: string; readonly text: string }[] = [];
  for (const other of listed) {
    const text = workspace.text(other);
    if (text === undefined) wanted.push(other);
    else if (text !== null) files.push({ uri: other, text });
  }
  if (wanted.length > 0) throw new NeedsStop(wanted);
  const stem = /([^/]*?)(?:\/__init__)?\.py$/.exec(decodeURIComponent(uri))?.[1];
  if (stem === undefined) return undefined;
  for (const file of files) {
    // Nearly every file ends here.
    if (!file.text.includes(stem) || !file.text.includes(name)) continue;
    const { module, callees } = importsOf(file, uri, workspace);
    for (const call of callsOf(module, callees, name)) {
      const source = sourceOf(call, module, file.text, name);
      const values = source === undefined ? undefined : capture(session, fn, source);
      if (!values) continue;
      const line = file.text.slice(0, call.from).split('\n').length;
      const shown = decodeURIComponent(file.uri.slice(file.uri.lastIndexOf('/') + 1));
      const passed = passedBy(call, fn);
      return {
        values: values.map((v, i) => (passed.has(i) ? v : undefined)),
        why: `from the call in ${shown}, line ${line}`,
      };
    }
  }
  return undefined;
}

interface Importer {
  readonly module: Module;
  /** How the importing file writes the names of the document: `f` by what it is called there, `m.` for the module. */
  readonly callees: { readonly names: ReadonlyMap<string, string>; readonly modules: ReadonlySet<string> };
}

const PARSED = new Map<string, { readonly text: string; readonly module: Module }>();
const MAX_PARSED = 64;

function parsed({ uri, text }: { readonly uri: string; readonly text: string }): Module {
  const known = PARSED.get(uri);
  if (known?.text === text) return known.module;
  const { module } = parseModule(text);
  if (PARSED.size >= MAX_PARSED) PARSED.delete(PARSED.keys().next().value as string);
  PARSED.set(uri, { text, module });
  return module;
}

function importsOf(
  file: { readonly uri: string; readonly text: string },
  home: string,
  workspace: Workspace,
): Importer {
  const module = parsed(file);
  const names = new Map<string, string>();
  const modules = new Set<string>();
  const isHome = (level: number, path: string): boolean => {
    if (level === 0) return placesOfModule(workspace, file.uri, path).includes(home);
    let folder = file.uri;
    for (let i = 0; i < level; i++) folder = folderOf(folder);
    const place = path === '' ? folder : `${folder}/${path.split('.').join('/')}`;
    return home === `${place}.py` || home === `${place}/__init__.py`;
  };
  for (const s of nodesIn(module.body)) {
    if (s.kind === 'Import') {
      for (const a of s.names) if (isHome(0, a.name)) modules.add(a.asname ?? a.name);
    } else if (s.kind === 'ImportFrom') {
      const isOwn = isHome(s.level, s.module);
      for (const a of s.names ?? []) {
        if (isOwn) names.set(a.asname ?? a.name, a.name);
        else if (isHome(s.level, s.module === '' ? a.name : `${s.module}.${a.name}`)) modules.add(a.asname ?? a.name);
      }
    }
  }
  return { module, callees: { names, modules } };
}

/** Calls of the document's function of this name. */
function callsOf(module: Module, { names, modules }: Importer['callees'], name: string): Call[] {
  const isCallee = (e: Expr): boolean => {
    if (e.kind === 'Name') return names.get(e.id) === name;
    if (e.kind !== 'Attribute' || e.attr !== name) return false;
    const path = dotted(e.value);
    return path !== undefined && modules.has(path);
  };
  return [...nodesIn(module.body)].filter((n): n is Call => n.kind === 'Call' && isCallee(n.func));
}

function dotted(e: Expr): string | undefined {
  if (e.kind === 'Name') return e.id;
  const path = e.kind === 'Attribute' ? dotted(e.value) : undefined;
  return path === undefined ? undefined : `${path}.${(e as { attr: string }).attr}`;
}

/** A program that imports what the arguments need, gives the names their values and makes the call; if it can be written. */
function sourceOf(call: Call, module: Module, text: string, name: string): string | undefined {
  const written = (e: { readonly from: number; readonly to: number }) => text.slice(e.from, e.to);
  const libraries = [...nodesIn(module.body)].filter(isLibraryImport).map(written);
  const assigned = new Map<string, string>();
  const values = [...call.args, ...call.keywords.map((k) => k.value)];
  if (call.keywords.some((k) => k.arg === undefined)) return undefined;
  const isKnown = (e: Expr): boolean => {
    if (e.kind === 'Constant' || isLiteral(e)) return true;
    if (e.kind === 'List' || e.kind === 'Tuple') return e.elts.every(isKnown);
    if (e.kind === 'Dict') return e.items.every(({ key, value }) => key?.kind === 'Constant' && isKnown(value));
    if (e.kind !== 'Name' || e.id === name) return false;
    const value = onlyValue(module, e);
    if (!value || !(isLiteral(value) || value.kind === 'Constant')) return false;
    assigned.set(e.id, `${e.id} = (${written(value)})`);
    return true;
  };
  if (!values.every(isKnown)) return undefined;
  const brackets = text.slice(call.func.to, call.to);
  return [...libraries, ...assigned.values(), `${name}${brackets}`].join('\n') + '\n';
}

function isLibraryImport(s: Expr | Stmt): boolean {
  if (s.kind === 'Import') return s.names.every((a) => LIBRARIES.has(a.name));
  return s.kind === 'ImportFrom' && s.level === 0 && LIBRARIES.has(s.module) && s.names !== undefined;
}

/** The value of a name that the file assigns once and in no other way. */
function onlyValue(module: Module, name: Name): Expr | undefined {
  let value: Expr | undefined;
  let mentions = 0;
  for (const n of nodesIn(module.body)) {
    if (n.kind === 'Assign' && n.targets.length === 1 && isName(n.targets[0], name.id)) value = n.value;
    if (n.kind === 'Name' && n.id === name.id && isTarget(module, n)) mentions++;
    if (n.kind === 'FunctionDef' || n.kind === 'Lambda') mentions += n.params.some((p) => p.name === name.id) ? 1 : 0;
  }
  return mentions === 1 ? value : undefined;
}

function isName(e: Expr | undefined, id: string): boolean {
  return e?.kind === 'Name' && e.id === id;
}

const TARGETS = new WeakMap<Module, ReadonlySet<Name>>();

/** Whether a name stands where it is given a value, or is changed in place. */
function isTarget(module: Module, name: Name): boolean {
  let targets = TARGETS.get(module);
  if (!targets) TARGETS.set(module, (targets = new Set(targetsIn(module))));
  return targets.has(name);
}

function* targetsIn(module: Module): Generator<Name> {
  for (const n of nodesIn(module.body)) {
    const places: unknown[] =
      n.kind === 'Assign'
        ? [...n.targets]
        : n.kind === 'AugAssign' || n.kind === 'AnnAssign' || n.kind === 'For'
          ? [n.target]
          : n.kind === 'NamedExpr'
            ? [n.target]
            : n.kind === 'With'
              ? n.items.map((i) => i.target)
              : 'generators' in n
                ? n.generators.map((g) => g.target)
                : [];
    for (const m of nodesIn(places)) if (m.kind === 'Name') yield m;
  }
}

/** Indices of the parameters that a call gives a value to. */
function passedBy(call: Call, fn: PyFunction): ReadonlySet<number> {
  const passed = new Set<number>(call.args.map((_, i) => i));
  for (const k of call.keywords) passed.add(fn.code.params.findIndex((p) => p.name === k.arg));
  return passed;
}

const OPERATIONS = 200_000;
const MILLISECONDS = 500;

/** The arguments of the call, made in a scope of its own; undefined where it raises: it may be written to show just that. */
function capture(session: Session, fn: PyFunction, source: string): readonly (PyValue | undefined)[] | undefined {
  const { rt } = session;
  const code = compileModule(parseModule(source).module);
  const scope = new ModuleScope(code, '__elsewhere__', session.scope.uri, false);
  scope.set(fn.code.name, fn);
  const watch = new CallCapture(new Set([fn.code.node]));
  const { window, outside } = rt;
  rt.window = watch;
  // Its text is not the document's: nothing in it has a place there.
  rt.outside = -1;
  try {
    rt.limited(OPERATIONS, MILLISECONDS, () => runModule(rt, code, scope, { text: source }));
  } catch (error) {
    const isOver =
      error instanceof PyRaise ||
      error instanceof UnknownStop ||
      error instanceof UnknownIteration ||
      (error instanceof BudgetStop && error.budget !== 'bytes');
    if (!isOver) throw error;
  } finally {
    rt.window = window;
    rt.outside = outside;
  }
  return (scope.failure ?? scope.mishap)?.unknown.code === 'exception' ? undefined : watch.of(fn.code.node)[0]?.values;
}
