/** The shapes of all values of a forward pass at one point: they tell which axes were repeated. */
import type { Shape } from '../../../../tensor';
import { analyse, type PythonAnalysis } from '../../analysis';
import { call } from '../../calls';
import { BudgetStop, PyRaise, UnknownStop } from '../../errors';
import type { Session } from '../../points';
import { PyArray } from '../../numpy/array';
import { PyFunction, PyList, type PyValue } from '../../values/object';
import { type Callee, isBound, parametersOf } from '../callee';
import { numberArray } from '../numbersOf';
import { render } from './source';
import type { Forward } from './steps';

type Pieces = Pick<Forward, 'steps' | 'data'>;

/** The function behind the text of the document that evaluates the steps. */
const NAME = '_steps';

/** The document with its steps as a function behind it. */
export function withSteps(analysis: PythonAnalysis, forward: Callee, { steps, data }: Pieces): PythonAnalysis {
  const parameters = [...(isBound(forward) ? ['self'] : []), ...parametersOf(forward).map((p) => p.name)];
  const own = (name: string) => name;
  const all = [...steps, ...data];
  const lines = all.map(({ name, source }) => `    ${name} = ${render(source, own)}`);
  const text = `${analysis.document.text}\n\n\ndef ${NAME}(${parameters.join(', ')}):\n${lines.join('\n')}\n    return [${all.map((s) => s.name).join(', ')}]\n`;
  return analyse({ ...analysis.document, text }, analysis);
}

/**
 * @param session of the document that {@link withSteps} made
 * @param values of the parameters by name, and `self`
 * @returns by name of a value; undefined where the steps can not be evaluated
 */
export function shapesOf(
  session: Session,
  forward: Callee,
  { steps, data }: Pieces,
  values: ReadonlyMap<string, PyValue>,
): Map<string, Shape> | undefined {
  const { rt, scope } = session;
  const fn = scope.get(NAME);
  if (!(fn instanceof PyFunction)) return undefined;
  const shapes = new Map<string, Shape>();
  const note = (name: string, value: PyValue | undefined): void => {
    const array = value instanceof PyArray ? value.nd : value === undefined ? undefined : numberArray(value);
    if (array) shapes.set(name, array.shape);
  };
  const self = values.get('self');
  if (self !== null && typeof self === 'object' && 'attrs' in self && self.attrs instanceof Map)
    for (const [name, value] of self.attrs as Map<string, PyValue>) note(`self.${name}`, value);
  const args: PyValue[] = isBound(forward) && self !== undefined ? [self] : [];
  for (const { name, default: otherwise } of parametersOf(forward)) {
    const value = values.get(name);
    if (value === undefined && otherwise) break;
    if (value === undefined) return undefined;
    note(name, value);
    args.push(value);
  }
  if (args.length < parametersOf(forward).length + Number(isBound(forward))) return undefined;
  try {
    const result = call(rt, fn, args, undefined, -1);
    if (!(result instanceof PyList)) return undefined;
    result.items.forEach((value, i) => note(([...steps, ...data][i] as { name: string }).name, value));
    return shapes;
  } catch (error) {
    if (error instanceof PyRaise || error instanceof UnknownStop || error instanceof BudgetStop) return undefined;
    throw error;
  }
}
