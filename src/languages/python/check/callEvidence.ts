/** What the calls of a program say that the parameters of a backward pass stand for. */
import type { Expr, FunctionDef, Module } from '../ast';
import { pathText } from '../training/loops';
import { type Callee, parametersOf } from './callee';
import type { Reduction, Role } from './roles';
import { nodesIn } from './walk';

/**
 * `loss.backward(loss.output, y)` hands on what the forward pass left in a field; `loss.backward(p, y)` beside
 * `loss.forward(p, y)` hands on its argument.
 */
export function rolesInCalls(module: Module, forward: Callee, backward: Callee): Map<string, Role> {
  const roles = new Map<string, Role>();
  const { owner } = backward;
  if (!owner) return roles;
  const objects = instancesOf(module, owner.name.id);
  const calls = [...methodCalls(module)].filter((c) => objects.has(c.object));
  const wanted = parametersOf(backward).map((p) => p.name);
  const given = parametersOf(forward).map((p) => p.name);
  for (const { object, method, args } of calls) {
    if (method !== backward.name) continue;
    args.slice(0, wanted.length).forEach((arg, i) => {
      const name = wanted[i] as string;
      if (arg.kind === 'Attribute' && pathText(arg.value) === object) {
        roles.set(name, { kind: 'field', name: arg.attr });
        return;
      }
      const text = pathText(arg);
      if (text === undefined) return;
      const place = calls
        .filter((c) => c.object === object && c.method !== method && c.args.length === given.length)
        .map((c) => c.args.findIndex((a) => pathText(a) === text))
        .find((k) => k >= 0);
      if (place !== undefined) roles.set(name, { kind: 'argument', name: given[place] as string });
    });
  }
  return roles;
}

/** What methods of the module that call the forward pass make of its values; anything where none says. */
export function reductionsOf(module: Module, forward: Callee): readonly Reduction[] {
  const found = new Set<Reduction>();
  for (const n of nodesIn(module.body)) {
    if (n.kind !== 'FunctionDef' || n === forward.node || !callsOwn(n, forward.name)) continue;
    for (const inner of nodesIn(n.body)) {
      if (inner.kind !== 'Call' || inner.func.kind !== 'Attribute') continue;
      if (inner.func.attr === 'mean' || inner.func.attr === 'average') found.add('mean');
      else if (inner.func.attr === 'sum') found.add('sum');
    }
  }
  return found.size === 0 ? ['mean', 'sum'] : [...found];
}

function callsOwn(f: FunctionDef, method: string): boolean {
  return [...nodesIn(f.body)].some(
    (n) =>
      n.kind === 'Call' && n.func.kind === 'Attribute' && n.func.attr === method && pathText(n.func.value) === 'self',
  );
}

/** Names that are given an object of a class. */
function instancesOf(module: Module, name: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const n of nodesIn(module.body)) {
    if (n.kind !== 'Assign' || n.value.kind !== 'Call' || n.value.func.kind !== 'Name' || n.value.func.id !== name)
      continue;
    for (const t of n.targets) {
      const text = pathText(t);
      if (text !== undefined) found.add(text);
    }
  }
  return found;
}

interface MethodCall {
  readonly object: string;
  readonly method: string;
  readonly args: readonly Expr[];
}

function* methodCalls(module: Module): Generator<MethodCall> {
  for (const n of nodesIn(module.body)) {
    if (n.kind !== 'Call' || n.func.kind !== 'Attribute') continue;
    const object = pathText(n.func.value);
    if (object !== undefined) yield { object, method: n.func.attr, args: n.args };
  }
}
