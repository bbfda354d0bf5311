/** Calls a built-in function by its name, for modules that the table of built-ins itself needs. */
import type { Site } from '../../../model';
import { call } from '../calls';
import type { Runtime } from '../runtime';
import type { PyValue } from '../values/object';
import { builtin } from './index';

export function callBuiltin(rt: Runtime, name: string, args: readonly PyValue[], site: Site): PyValue {
  return call(rt, builtin(name) as PyValue, args, undefined, site);
}
