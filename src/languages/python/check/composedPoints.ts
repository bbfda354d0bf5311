/**
 * Points of a loss that follows a forward pass: those of the forward pass, with right answers of the shape that it
 * predicts, or a label a row. What a parameter beside them is called decides the rest.
 */
import { isUnknown, type Unknown } from '../../../model';
import { fromValues } from '../../../tensor';
import { call } from '../calls';
import { PyRaise, UnknownStop } from '../errors';
import { UnknownIteration } from '../iteration';
import { PyArray } from '../numpy/array';
import type { Session } from '../points';
import { PyFloat, PyList, PyTuple, type PyValue } from '../values/object';
import { type Callee, parametersOf } from './callee';
import { isTargetName } from './names';
import { pointsFor, type PointSource, treated } from './points';
import { randomFor } from './randomFor';
import { argumentsOf, memberIn, plainCopy } from './shot';
import type { ThroughLoss } from './throughLoss';
import type { Workbench } from './workbench';

type Answers = 'like the prediction' | 'labels';

/**
 * @param composition the function that gives the loss of the forward pass
 * @throws NeedsStop
 */
export function composedPoints(
  bench: Workbench,
  { forward, backward }: Pick<ThroughLoss, 'forward' | 'backward'>,
  composition: Callee,
  knowsBatches: boolean,
): readonly PointSource[] | Unknown {
  const sources = pointsFor(bench, forward, knowsBatches);
  if (isUnknown(sources)) return sources;
  const own = new Set(parametersOf(forward).map((p) => p.name));
  const others = parametersOf(composition).filter((p) => !own.has(p.name));
  // What the program itself calls the backward pass with belongs to its first forward pass.
  const [seen] = bench.callsOf(forward.node).length > 0 ? bench.callsOf(backward.node) : [];
  const kinds: readonly Answers[] = ['like the prediction', 'labels'];
  const composed = sources.flatMap((source) =>
    kinds.map((kind, i): PointSource => ({
      notes: source.notes,
      makesFields: source.makesFields,
      isChosen: source.isChosen,
      strangeness: source.strangeness + i,
      values(session, k, treatment, targets) {
        const values = new Map(source.values(session, k, 'as-is', targets));
        const prediction = predicted(session, forward, values);
        for (const { name } of others) {
          const maker = k === 0 ? seen?.arguments.get(name) : undefined;
          const value = maker
            ? maker(session)
            : isTargetName(name)
              ? answersFor(prediction, kind, k)
              : new PyFloat(0.1 + 0.8 * randomFor(name, k)());
          if (value !== undefined) values.set(name, value);
        }
        return treated(values, treatment, targets, k);
      },
    })),
  );
  return composed.sort((a, b) => a.strangeness - b.strangeness);
}

/** The first result of the forward pass at a point. */
function predicted(session: Session, forward: Callee, values: ReadonlyMap<string, PyValue>): PyValue | undefined {
  const fn = memberIn(session, forward);
  if (!fn) return undefined;
  const copies = new Map([...values].map(([name, value]) => [name, plainCopy(value)]));
  try {
    const result = call(session.rt, fn, argumentsOf(forward, copies, undefined), undefined, -1);
    return result instanceof PyTuple || result instanceof PyList ? result.items[0] : result;
  } catch (error) {
    if (error instanceof PyRaise || error instanceof UnknownStop || error instanceof UnknownIteration) return undefined;
    throw error;
  }
}

function answersFor(prediction: PyValue | undefined, kind: Answers, k: number): PyValue | undefined {
  const random = randomFor('right answers', k);
  if (!(prediction instanceof PyArray)) return kind === 'labels' ? k % 2 : new PyFloat(0.1 + 0.8 * random());
  const { shape, size } = prediction.nd;
  if (kind === 'like the prediction') {
    return new PyArray(
      fromValues(
        'float64',
        shape,
        Float64Array.from({ length: size }, () => 0.1 + 0.8 * random()),
      ),
    );
  }
  const classes = shape.length > 1 ? (shape[shape.length - 1] as number) : 2;
  const count = shape.length > 1 ? (shape[0] as number) : size;
  const labels = Array.from({ length: count }, (_, i) => (i + k) % Math.max(1, classes));
  return new PyArray(fromValues('int64', [count], Float64Array.from(labels)));
}
