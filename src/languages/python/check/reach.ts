/** What code may call, found in the text. */
import type { FunctionDef, Module } from '../ast';
import { methodsOf, nodesIn } from './walk';

/** A body and those of the functions of the module that it calls, as far as names tell: methods by theirs alone. */
export function reachable(module: Module, from: unknown): ReadonlySet<unknown> {
  const functions = new Map<string, unknown[]>();
  const methods = new Map<string, unknown[]>();
  const add = (map: Map<string, unknown[]>, { name, body }: FunctionDef): void => {
    map.set(name.id, [...(map.get(name.id) ?? []), body]);
  };
  for (const s of module.body) {
    if (s.kind === 'FunctionDef') add(functions, s);
    else if (s.kind === 'ClassDef') for (const m of methodsOf(s).values()) add(methods, m);
  }
  const found = new Set<unknown>();
  const visit = (body: unknown): void => {
    if (found.has(body)) return;
    found.add(body);
    for (const n of nodesIn(body)) {
      if (n.kind !== 'Call') continue;
      if (n.func.kind === 'Name') functions.get(n.func.id)?.forEach(visit);
      else if (n.func.kind === 'Attribute') methods.get(n.func.attr)?.forEach(visit);
    }
  };
  visit(from);
  return found;
}
