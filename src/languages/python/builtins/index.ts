/** The built-in names. */
import { EXCEPTIONS } from '../exceptions';
import { NOT_IMPLEMENTED, type PyValue } from '../values/object';
import { functions } from './functions';
import { types } from './types';

const BUILTINS: ReadonlyMap<string, PyValue> = new Map<string, PyValue>([
  ...functions,
  ...types,
  ...EXCEPTIONS,
  ['NotImplemented', NOT_IMPLEMENTED],
]);

export function builtin(name: string): PyValue | undefined {
  return BUILTINS.get(name);
}
