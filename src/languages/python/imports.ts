/** `import`: built-in libraries, then modules of the workspace; what is neither is unknown. */
import type { Site } from '../../model';
import { raised } from './exceptions';
import type { ModuleScope } from './frame';
import { instantiateLibrary } from './library';
import { LIBRARIES } from './modules';
import type { Runtime } from './runtime';
import { type PyModule, PyUnknown, type PyValue } from './values/object';
import { findAttribute } from './attributes';
import { preludeModule, workspaceModule } from './workspaceModules';

/** `import a.b.c`: the module of the first name, or with `whole` of the last. */
export function importModule(rt: Runtime, from: ModuleScope, path: string, whole: boolean, site: Site): PyValue {
  const parts = path.split('.');
  let found: PyValue = null;
  let first: PyValue = null;
  for (let i = 1; i <= parts.length; i++) {
    found = load(rt, from, parts.slice(0, i).join('.'), site);
    if (i === 1) first = found;
    if (found instanceof PyUnknown) break;
  }
  return whole ? found : first;
}

/** `from module import names`; without names: everything public into the importing module. */
export function importFrom(
  rt: Runtime,
  from: ModuleScope,
  level: number,
  path: string,
  names: readonly string[] | undefined,
  site: Site,
): readonly PyValue[] {
  const absolute = level > 0 ? relativeName(from, level, path) : path;
  const module = load(rt, from, absolute, site);
  if (names === undefined) {
    importAll(rt, from, module, site);
    return [];
  }
  if (module instanceof PyUnknown) return names.map(() => rt.spread(module));
  return names.map((name) => {
    const value =
      module.library && !module.attrs.has(name) && !module.getAttr ? undefined : findAttribute(rt, module, name, site);
    if (value !== undefined) return value;
    const submodule = load(rt, from, `${absolute}.${name}`, site);
    if (!(submodule instanceof PyUnknown)) return submodule;
    if (module.library) return rt.unknown('unsupported', `\`${absolute}.${name}\` is not supported`, site);
    if (submodule.unknown.code !== 'missing-import') return submodule;
    rt.place = site;
    throw raised('ImportError', `cannot import name '${name}' from '${module.name}'`);
  });
}

function relativeName(from: ModuleScope, level: number, path: string): string {
  const base = from.packageName.split('.').filter((p) => p !== '');
  const kept = base.slice(0, base.length - (level - 1));
  return [...kept, ...(path === '' ? [] : [path])].join('.');
}

function importAll(rt: Runtime, into: ModuleScope, module: PyModule | PyUnknown, site: Site): void {
  if (module instanceof PyUnknown) {
    // Any name may come from there.
    into.failure ??= rt.spread(module) as PyUnknown;
    return;
  }
  if (module.library) into.starLibraries.add(module.name);
  const listed = module.library ? module.attrs.get('__all__') : findAttribute(rt, module, '__all__', site);
  const names =
    typeof listed === 'object' && listed !== null && 'items' in listed
      ? (listed as { items: PyValue[] }).items.filter((n): n is string => typeof n === 'string')
      : [...module.names()].filter((n) => !n.startsWith('_'));
  for (const name of names) {
    const value = findAttribute(rt, module, name, site);
    if (value !== undefined) into.set(name, value);
  }
}

/** `module.name` where that is a module which was imported, or one of a library. */
export function submodule(rt: Runtime, module: PyModule, name: string): PyModule | PyUnknown | undefined {
  const path = `${module.name}.${name}`;
  return rt.modules.get(path) ?? loadLibrary(rt, path);
}

function loadLibrary(rt: Runtime, name: string): PyModule | undefined {
  const library = LIBRARIES.get(name);
  if (!library) return undefined;
  const module = instantiateLibrary(library);
  rt.modules.set(name, module);
  return module;
}

function load(rt: Runtime, from: ModuleScope, name: string, site: Site): PyModule | PyUnknown {
  const known = rt.modules.get(name);
  if (known) return known;
  const library = loadLibrary(rt, name);
  if (library) return library;
  const prelude = preludeModule(rt, name, site);
  if (prelude) return prelude;
  const module = workspaceModule(rt, from, name, site);
  rt.modules.set(name, module);
  return module;
}
