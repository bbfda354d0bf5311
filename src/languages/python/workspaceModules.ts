/** Modules of the workspace, with their unsaved text. Files outside it are never asked for. */
import type { Site } from '../../model';
import type { Workspace } from '../frontEnd';
import { type CompiledModule, compileModule } from './compile/program';
import { NeedsStop } from './errors';
import { ModuleScope } from './frame';
import { parseModule } from './parse';
import { PRELUDE } from './prelude';
import { runModule } from './run';
import type { Runtime } from './runtime';
import type { PyUnknown } from './values/object';
import { PyList, PyModule, type PyValue } from './values/object';

/** A module whose names are those of its scope, live. */
class WorkspaceModule extends PyModule {
  constructor(
    name: string,
    readonly scope: ModuleScope,
  ) {
    super(name, new Map(), false);
  }
  override getAttr(rt: Runtime, name: string): PyValue | undefined {
    const value = this.scope.get(name);
    if (value !== undefined) return value;
    if (name.startsWith('__')) return undefined;
    if (this.scope.failure) return rt.spread(this.scope.failure);
    // Of the standard library only a part is there.
    return this.scope.uri.startsWith(PRELUDE_SCHEME)
      ? rt.unknown('unsupported', `\`${this.name}.${name}\` is not supported`, rt.place)
      : undefined;
  }
  override setAttr(_rt: Runtime, name: string, value: PyValue): boolean {
    this.scope.set(name, value);
    return true;
  }
  override *names(): Generator<string> {
    for (const [name] of this.scope.entries()) yield name;
  }
}

/** Compiled modules by place; a new text replaces the old one. */
const COMPILED = new Map<string, { readonly text: string; readonly code: CompiledModule }>();
const MAX_COMPILED = 64;

function compiled(uri: string, text: string): CompiledModule {
  const known = COMPILED.get(uri);
  if (known?.text === text) return known.code;
  const code = compileModule(parseModule(text).module);
  if (COMPILED.size >= MAX_COMPILED) COMPILED.delete(COMPILED.keys().next().value as string);
  COMPILED.set(uri, { text, code });
  return code;
}

/** A module of the standard library that is written in Python, in a run of its own. */
export function preludeModule(rt: Runtime, name: string, site: Site): PyModule | undefined {
  const source = PRELUDE.get(name);
  return source === undefined ? undefined : execute(rt, name, `${PRELUDE_SCHEME}${name}`, source, site);
}

const PRELUDE_SCHEME = 'prelude:';

/** Finds, runs and returns a module of the workspace. Asks for texts that are not there yet. */
export function workspaceModule(rt: Runtime, from: ModuleScope, name: string, site: Site): PyModule | PyUnknown {
  const { workspace } = rt.options;
  const wanted: string[] = [];
  for (const uri of candidates(rt, from, name)) {
    const text = workspace.text(uri);
    if (text === undefined) wanted.push(uri);
    else if (text !== null && wanted.length === 0) return execute(rt, name, uri, text, site);
  }
  if (wanted.length > 0) throw new NeedsStop(wanted);
  return rt.unknown('missing-import', `the module \`${name}\` is not supported and not in the workspace`, site);
}

/** Where the module may be: beside the document, in the folders that `sys.path` was given, in the roots. */
function candidates(rt: Runtime, from: ModuleScope, name: string): string[] {
  const added = rt.modules.get('sys');
  const list = added instanceof PyModule ? added.attrs.get('path') : undefined;
  const extra = list instanceof PyList ? list.items.filter((p): p is string => typeof p === 'string') : [];
  const folders = extra.flatMap((p) => resolved(folderOf(rt.scopes.get('__main__')?.uri ?? from.uri), p) ?? []);
  return placesOfModule(rt.options.workspace, from.uri, name, folders);
}

/**
 * Where the module of an absolute name may be, as seen from a file of the workspace.
 * @param extra folders that are looked in between that of the file and the roots
 */
export function placesOfModule(
  workspace: Workspace,
  uri: string,
  name: string,
  extra: readonly string[] = [],
): string[] {
  const path = name
    .split('.')
    .filter((p) => p !== '')
    .join('/');
  const beside = folderOf(uri);
  const roots = workspace.roots.map((r) => r.replace(/\/$/, ''));
  const folders = [beside, ...extra, ...roots];
  const inside = (folder: string) =>
    folder === beside || roots.length === 0 || roots.some((r) => folder === r || folder.startsWith(`${r}/`));
  return [...new Set(folders)]
    .filter(inside)
    .flatMap((folder) => [`${folder}/${path}.py`, `${folder}/${path}/__init__.py`]);
}

export function folderOf(uri: string): string {
  return uri.slice(0, Math.max(0, uri.lastIndexOf('/')));
}

/** A relative path from a folder; absolute ones are not looked at. */
function resolved(folder: string, path: string): string | undefined {
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return undefined;
  const parts = folder.split('/');
  for (const part of path.split(/[\\/]/)) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

function execute(rt: Runtime, name: string, uri: string, text: string, site: Site): PyModule {
  const code = compiled(uri, text);
  const isPackage = uri.endsWith('/__init__.py');
  const packageName = isPackage ? name : name.split('.').slice(0, -1).join('.');
  const scope = new ModuleScope(code, name, uri, false, packageName);
  const module = new WorkspaceModule(name, scope);
  // Known before it runs: modules that import each other see what is there so far.
  rt.modules.set(name, module);
  const { outside } = rt;
  rt.outside = rt.visible(site);
  try {
    runModule(rt, code, scope, { text });
  } finally {
    rt.outside = outside;
    rt.place = site;
  }
  return module;
}
