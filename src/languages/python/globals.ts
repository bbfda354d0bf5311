/** Names that a module does not define: built-ins, and what its failure left unknown. */
import type { Site } from '../../model';
import { builtin } from './builtins/index';
import { raised } from './exceptions';
import type { ModuleScope } from './frame';
import { importModule } from './imports';
import type { Runtime } from './runtime';
import { OTHER_BUILTINS } from './types/pythonNames';
import type { PyValue } from './values/object';

export function lookupGlobal(rt: Runtime, module: ModuleScope, name: string, site: Site): PyValue {
  const own = module.get(name);
  if (own !== undefined) return own;
  const value = builtin(name);
  if (value !== undefined) return value;
  if (name === '__name__') return module.name;
  if (name === '__file__') return module.uri;
  if (name === '__doc__') return null;
  const library = module.assumedImports.get(name);
  if (library !== undefined) return assumedImport(rt, module, name, library, site);
  if (module.failure) return rt.spread(module.failure);
  if (OTHER_BUILTINS.has(name)) return rt.unknown('unsupported', `\`${name}\` is not supported`, site);
  const [starred] = module.starLibraries;
  if (starred !== undefined)
    return rt.unknown('unsupported', `\`${name}\` may come from \`${starred}\`, where it is not supported`, site);
  rt.place = site;
  throw raised('NameError', `name '${name}' is not defined`);
}

/** A library that the document uses without importing it: the reader is told. */
function assumedImport(rt: Runtime, module: ModuleScope, name: string, library: string, site: Site): PyValue {
  const value = importModule(rt, module, library, true, site);
  module.set(name, value);
  rt.readings.push({
    span: rt.span(site),
    text: `\`${name}\` is not imported: read as \`import ${library} as ${name}\``,
  });
  return value;
}
