/** Methods of generators. */
import { close, resumeOrRaise } from '../generators';
import { UnknownIteration } from '../iteration';
import { method } from '../library';
import { call } from '../calls';
import type { PyInstance } from '../values/object';
import { type PyBuiltin, PyClass, type PyGenerator, type PyValue } from '../values/object';
import type { Runtime } from '../runtime';

function known(rt: Runtime, run: () => PyValue): PyValue {
  try {
    return run();
  } catch (error) {
    if (error instanceof UnknownIteration) return rt.spread(error.value);
    throw error;
  }
}

export const generatorMethods: readonly PyBuiltin[] = [
  method<[PyGenerator]>('__next__(self, /)', (rt, _site, [self]) => known(rt, () => resumeOrRaise(rt, self, null))),
  method<[PyGenerator]>('__iter__(self, /)', (_rt, _site, [self]) => self),
  method<[PyGenerator, PyValue]>('send(self, value, /)', (rt, _site, [self, value]) =>
    known(rt, () => resumeOrRaise(rt, self, value)),
  ),
  method<[PyGenerator, PyValue, PyValue?]>('throw(self, exc, value=, /)', (rt, site, [self, exc]) => {
    const thrown = exc instanceof PyClass ? call(rt, exc, [], undefined, site) : exc;
    return known(rt, () => resumeOrRaise(rt, self, null, thrown as PyInstance));
  }),
  method<[PyGenerator]>('close(self, /)', (rt, _site, [self]) => {
    close(rt, self);
    return null;
  }),
];
