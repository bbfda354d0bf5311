/**
 * Parameters in the shapes of their claimed gradients. Where nothing says what shapes a function is meant for, a gradient
 * of another shape than the parameter that was tried for it may only say that the parameter was meant otherwise: a column
 * `w` for which a vector ran as well.
 */
import { parseNamePath } from '../../../format/namePath';
import { fromValues, sizeOf } from '../../../tensor';
import type { PairCheck } from '../../frontEnd';
import { PyArray } from '../numpy/array';
import { applyPin, GivenValue, Pins } from '../record/pins';
import { PyFloat, type PyValue } from '../values/object';
import { isDataName } from './names';
import type { PointSource } from './points';
import { randomFor } from './randomFor';

type Shape = readonly number[];

/**
 * A source with those parameters in the shapes that their gradients have; undefined where one of the shapes holds the
 * number of examples: that is a sum that is missing, and no shape of a parameter.
 * @param scalars whether a gradient that is a single number may mean a parameter that is one
 */
export function refitted(source: PointSource, check: PairCheck, scalars: boolean): PointSource | undefined {
  const wanted = new Map<string, Shape>();
  const batch = examplesIn(check);
  for (const { name, verdict, shape, code } of check.gradients) {
    if (verdict !== 'fail' || !shape || (code === 'too-small' && !scalars)) continue;
    if (isDataName(name) || shape.some((n) => batch.has(n))) return undefined;
    // What the program itself makes is in the shape that it is meant to have.
    if (source.makesFields && name.startsWith('self.')) return undefined;
    wanted.set(name, shape);
  }
  if (wanted.size === 0) return undefined;
  return {
    notes: source.notes,
    isChosen: source.isChosen,
    strangeness: source.strangeness,
    makesFields: source.makesFields,
    values(session, k, treatment, targets) {
      const values = new Map(source.values(session, k, treatment, targets));
      for (const [name, shape] of wanted) {
        const path = parseNamePath(name);
        if (!path) continue;
        const root = String(path[0]);
        const pin = { path, value: new GivenValue(drawn(shape, name, k)), origin: { kind: 'assumed' } as const };
        values.set(root, applyPin(new Pins([pin]), root, values.get(root)).value);
      }
      return values;
    },
  };
}

function drawn(shape: Shape, name: string, k: number): PyValue {
  const random = randomFor(name, k);
  const sign = () => (k % 2 === 1 && random() < 0.5 ? -1 : 1);
  const data = Float64Array.from({ length: sizeOf(shape) }, () => sign() * (0.1 + 0.8 * random()));
  return shape.length === 0 ? new PyFloat(data[0] as number) : new PyArray(fromValues('float64', shape, data));
}

const extents = (value: unknown): number[] => (Array.isArray(value) ? [value.length, ...extents(value[0])] : []);

/** Whether something that is learned has as many elements along an axis as there are examples: no parameter has. */
export function countsExamples(check: PairCheck): boolean {
  const batch = examplesIn(check);
  return check.gradients.some(({ name }) => !isDataName(name) && extents(check.point[name]).some((n) => batch.has(n)));
}

/** Extents that data and right answers, or all data, have in common: numbers of examples. */
function examplesIn({ point, gradients }: PairCheck): ReadonlySet<number> {
  const own = new Set(gradients.map((g) => g.name));
  const sets = Object.entries(point)
    .filter(([name]) => isDataName(name) || !own.has(name))
    .map(([, value]) => extents(value).filter((n) => n > 1))
    .filter((sizes) => sizes.length > 0);
  const [first = [], ...rest] = sets;
  return new Set(rest.length === 0 ? first.slice(-1) : first.filter((n) => rest.every((other) => other.includes(n))));
}
