/** Resuming generators: `next`, `send`, `throw`, `close`. */
import { PyRaise, UnknownStop } from './errors';
import { exception, raised } from './exceptions';
import { isException, UnknownIteration } from './iteration';
import type { Runtime } from './runtime';
import type { PyGenerator } from './values/object';
import { type PyInstance, type PyValue } from './values/object';

/** Runs a generator to its next `yield`. */
export function resume(
  rt: Runtime,
  generator: PyGenerator,
  sent: PyValue,
  thrown?: PyInstance,
): IteratorResult<PyValue, PyValue> {
  if (generator.finished) {
    if (thrown) throw new PyRaise(thrown);
    return { done: true, value: null };
  }
  if (generator.running) throw raised('ValueError', 'generator already executing');
  if (!generator.started && sent !== null) {
    throw raised('TypeError', "can't send non-None value to a just-started generator");
  }
  rt.tick();
  generator.running = true;
  const { outside, depth } = rt;
  try {
    const first = !generator.started;
    generator.started = true;
    if (thrown) {
      if (first) {
        generator.finished = true;
        throw new PyRaise(thrown);
      }
      return finish(generator, generator.body.throw(new PyRaise(thrown)));
    }
    return finish(generator, generator.body.next(sent));
  } catch (error) {
    generator.finished = true;
    if (error instanceof UnknownStop) throw new UnknownIteration(error.value);
    if (error instanceof PyRaise && error.exception.klass.name === 'StopIteration') {
      throw raised('RuntimeError', 'generator raised StopIteration');
    }
    throw error;
  } finally {
    generator.running = false;
    rt.outside = outside;
    rt.depth = depth;
  }
}

function finish(generator: PyGenerator, step: IteratorResult<PyValue, PyValue>): IteratorResult<PyValue, PyValue> {
  if (step.done) generator.finished = true;
  return step;
}

/** `next(generator)` or `generator.send(value)` as Python sees it: the end raises StopIteration. */
export function resumeOrRaise(rt: Runtime, generator: PyGenerator, sent: PyValue, thrown?: PyInstance): PyValue {
  const step = resume(rt, generator, sent, thrown);
  if (!step.done) return step.value;
  throw step.value === null ? raised('StopIteration') : raised('StopIteration', step.value);
}

/** `generator.close()` */
export function close(rt: Runtime, generator: PyGenerator): void {
  if (!generator.started || generator.finished) {
    generator.finished = true;
    return;
  }
  try {
    if (resume(rt, generator, null, exception('GeneratorExit')).done) return;
  } catch (error) {
    if (error instanceof PyRaise && (isException(error, 'GeneratorExit') || isException(error, 'StopIteration')))
      return;
    throw error;
  }
  throw raised('RuntimeError', 'generator ignored GeneratorExit');
}
