/** Options of NumPy's functions that are not followed: a call that gives one is unknown, never computed without it. */
import type { Runtime } from '../runtime';
import { PyBuiltin, type PyValue } from '../values/object';
import { PyArray } from './array';

/** The values at which an option changes nothing. */
const HARMLESS: ReadonlyMap<string, readonly PyValue[]> = new Map<string, readonly PyValue[]>([
  ['out', [null]],
  ['where', [true]],
  ['order', ['C', 'K', null]],
  ['initial', [null]],
]);

/**
 * The function, unknown where an option is given that it does not follow; an array that was to be written
 * (`out=`) is then unknown as well.
 * @param operands number of positional arguments after which NumPy's next one is `out`
 * @param unfollowed more options of this function that are not followed unless they are `None`
 */
export function guarded(
  builtin: PyBuiltin,
  { operands, unfollowed = [] }: { operands?: number; unfollowed?: readonly string[] } = {},
): PyBuiltin {
  const result = new PyBuiltin(builtin.name, (rt, args, kwargs, site) => {
    for (const [key, value] of kwargs ?? []) {
      const harmless = HARMLESS.get(key) ?? (unfollowed.includes(key) ? [null] : undefined);
      if (harmless === undefined || harmless.includes(value)) continue;
      return declined(rt, builtin.name, `${key}=`, key === 'out' ? value : undefined, site);
    }
    if (operands !== undefined && args.length > operands) {
      return declined(rt, builtin.name, 'out', args[operands], site);
    }
    return builtin.body(rt, args, kwargs, site);
  });
  result.binds = builtin.binds;
  return result;
}

function declined(rt: Runtime, name: string, option: string, target: PyValue | undefined, site: number): PyValue {
  const unknown = rt.unknown('unsupported', `\`${option}\` of \`${name}\` is not supported`, site);
  if (target instanceof PyArray) target.spoil(unknown);
  return unknown;
}
