/** Arguments from the examples of a docstring: `>>> f(np.array([1.0, 2.0]), 5)`. */
import { compileModule } from '../compile/program';
import { PyRaise, UnknownStop } from '../errors';
import { ModuleScope } from '../frame';
import { UnknownIteration } from '../iteration';
import { parseModule } from '../parse';
import { runModule } from '../run';
import type { PyFunction, PyValue } from '../values/object';
import { CallCapture } from './capture';
import type { Session } from './plan';

/** The statements of the examples in a docstring, without their prompts and results. */
export function exampleSource(docstring: string | undefined): string | undefined {
  const lines = (docstring ?? '').split('\n').flatMap((line) => {
    const match = /^\s*(?:>>>|\.\.\.)(?: (.*))?$/.exec(line);
    return match ? [match[1] ?? ''] : [];
  });
  return lines.length > 0 ? lines.join('\n') + '\n' : undefined;
}

const KNOWN = new WeakMap<Session, Map<object, readonly (PyValue | undefined)[] | undefined>>();

/** The arguments of the first example that calls a function, by parameter; undefined where there is none. */
export function exampleArguments(session: Session, fn: PyFunction): readonly (PyValue | undefined)[] | undefined {
  const known = KNOWN.get(session) ?? new Map<object, readonly (PyValue | undefined)[] | undefined>();
  KNOWN.set(session, known);
  const { node } = fn.code;
  if (!known.has(node)) known.set(node, runExample(session, fn));
  return known.get(node);
}

function runExample(session: Session, fn: PyFunction): readonly (PyValue | undefined)[] | undefined {
  const source = exampleSource(fn.code.docstring);
  if (source?.includes(fn.code.name) !== true) return undefined;
  const { rt } = session;
  const code = compileModule(parseModule(source).module);
  // The names of the document are there, as doctest provides them; what the example assigns stays in the example.
  const scope = new ModuleScope(code, '__doctest__', session.scope.uri, false);
  for (const [name, value] of session.scope.entries()) scope.set(name, value);
  const capture = new CallCapture(new Set([fn.code.node]));
  const { window, outside } = rt;
  rt.window = capture;
  // Its text is not the document's: nothing in it has a place there.
  rt.outside = -1;
  try {
    rt.limited(EXAMPLE_OPERATIONS, EXAMPLE_MILLISECONDS, () => runModule(rt, code, scope, { text: source }));
  } catch (error) {
    if (!(error instanceof PyRaise || error instanceof UnknownStop || error instanceof UnknownIteration)) throw error;
  } finally {
    rt.window = window;
    rt.outside = outside;
  }
  return capture.of(fn.code.node)[0]?.values;
}

const EXAMPLE_OPERATIONS = 200_000;
const EXAMPLE_MILLISECONDS = 500;
