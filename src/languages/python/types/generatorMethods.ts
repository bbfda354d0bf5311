/** Methods of generators. */
import { PyRaise } from '../errors';
import { exception } from '../exceptions';
import { resumeOrRaise } from '../generators';
import { UnknownIteration, isException } from '../iteration';
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
    if (!self.started || self.finished) {
      self.finished = true;
      return null;
    }
    try {
      resumeOrRaise(rt, self, null, exception('GeneratorExit'));
    } catch (error) {
      if (!(error instanceof PyRaise) || !(isException(error, 'GeneratorExit') || isException(error, 'StopIteration')))
        throw error;
    }
    return null;
  }),
];
