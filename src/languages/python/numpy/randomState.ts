/** `numpy.random`: the legacy generator and `default_rng`, with NumPy's own numbers for a seed. */
import { Generator, type NdArray, RandomState } from '../../../tensor';
import type { Site } from '../../../model';
import { builtinClass, fn, library, method } from '../library';
import { asIndex } from '../iteration';
import { asData } from '../operators';
import type { Runtime } from '../runtime';
import { isNumberLike, toDouble } from '../values/numbers';
import type { PyBuiltin, PyClass } from '../values/object';
import { PyList, PyObject, PyTuple, PyUnknown, type PyValue } from '../values/object';
import { afford, flag, integers, shapeOf } from './arguments';
import { PyArray, wrap } from './array';
import { toArray } from './convert';
import { numeric } from './errors';

/** A source of numbers; without a seed nobody knows them. */
class Random<S> extends PyObject {
  constructor(
    private readonly type: PyClass,
    public source: S | undefined,
  ) {
    super();
  }
  get cls(): PyClass {
    return this.type;
  }
}

const parameter = (rt: Runtime, value: PyValue | undefined, otherwise: number, site: Site): number | NdArray => {
  if (value === undefined || value === null) return otherwise;
  const data = asData(rt, value, site) ?? value;
  if (isNumberLike(data)) return toDouble(data);
  const x = toArray(rt, data, site);
  return x instanceof PyUnknown ? otherwise : x.nd;
};

/** `size=`: no size draws one number. */
function sizeOf(rt: Runtime, value: PyValue | undefined, site: Site): readonly number[] | undefined | PyUnknown {
  if (value === undefined || value === null) return undefined;
  const shape = shapeOf(rt, value, site);
  return shape instanceof PyUnknown ? shape : (afford(rt, shape, site) ?? shape);
}

type Draw<S> = (rt: Runtime, site: Site, source: S, args: readonly (PyValue | undefined)[]) => PyValue;

function drawn(
  rt: Runtime,
  site: Site,
  size: readonly number[] | undefined | PyUnknown,
  make: (shape: readonly number[] | undefined) => NdArray,
): PyValue {
  if (size instanceof PyUnknown) return size;
  return numeric(rt, site, () => wrap(rt, make(size)));
}

function counts(rt: Runtime, site: Site, args: readonly (PyValue | undefined)[]): readonly number[] | PyUnknown {
  return integers(rt, new PyTuple(args.filter((a): a is PyValue => a !== undefined)), site);
}

const legacy: readonly (readonly [string, Draw<RandomState>])[] = [
  [
    'rand(*shape)',
    (rt, site, s, [shape]) => drawn(rt, site, counts(rt, site, shape as unknown as PyValue[]), (n) => s.random(n)),
  ],
  [
    'randn(*shape)',
    (rt, site, s, [shape]) =>
      drawn(rt, site, counts(rt, site, shape as unknown as PyValue[]), (n) => s.standardNormal(n)),
  ],
  ['random(size=)', (rt, site, s, [size]) => drawn(rt, site, sizeOf(rt, size, site), (n) => s.random(n))],
  ['random_sample(size=)', (rt, site, s, [size]) => drawn(rt, site, sizeOf(rt, size, site), (n) => s.random(n))],
  [
    'standard_normal(size=)',
    (rt, site, s, [size]) => drawn(rt, site, sizeOf(rt, size, site), (n) => s.standardNormal(n)),
  ],
  [
    'normal(loc=, scale=, size=)',
    (rt, site, s, [m, d, size]) =>
      drawn(rt, site, sizeOf(rt, size, site), (n) => s.normal(parameter(rt, m, 0, site), parameter(rt, d, 1, site), n)),
  ],
  [
    'uniform(low=, high=, size=)',
    (rt, site, s, [a, b, size]) =>
      drawn(rt, site, sizeOf(rt, size, site), (n) =>
        s.uniform(parameter(rt, a, 0, site), parameter(rt, b, 1, site), n),
      ),
  ],
  [
    'exponential(scale=, size=)',
    (rt, site, s, [scale, size]) =>
      drawn(rt, site, sizeOf(rt, size, site), (n) => s.exponential(parameter(rt, scale, 1, site), n)),
  ],
  [
    'randint(low, high=, size=, dtype=)',
    (rt, site, s, [low, high, size]) => {
      const a = asIndex(rt, low as PyValue, site);
      const b = high === undefined || high === null ? undefined : asIndex(rt, high, site);
      if (a instanceof PyUnknown) return a;
      if (b instanceof PyUnknown) return b;
      return drawn(rt, site, sizeOf(rt, size, site), (n) =>
        b === undefined ? s.randint(0, a, n) : s.randint(a, b, n),
      );
    },
  ],
  [
    'choice(a, size=, replace=, p=)',
    (rt, site, s, [a, size, replace, p]) => {
      const from = typeof a === 'number' ? a : toArray(rt, a as PyValue, site);
      const weights = p === undefined || p === null ? undefined : toArray(rt, p, site);
      if (from instanceof PyUnknown) return from;
      if (weights instanceof PyUnknown) return weights;
      const options = {
        replace: replace === undefined || flag(rt, replace, site),
        ...(weights ? { p: weights.nd } : {}),
      };
      return drawn(rt, site, sizeOf(rt, size, site), (n) =>
        s.choice(typeof from === 'number' ? from : from.nd, n, options),
      );
    },
  ],
  [
    'permutation(x)',
    (rt, site, s, [x]) => {
      const from = typeof x === 'number' ? x : toArray(rt, x as PyValue, site);
      return from instanceof PyUnknown
        ? from
        : numeric(rt, site, () => wrap(rt, s.permutation(typeof from === 'number' ? from : from.nd)));
    },
  ],
];

const modern: readonly (readonly [string, Draw<Generator>])[] = [
  ['random(size=)', (rt, site, s, [size]) => drawn(rt, site, sizeOf(rt, size, site), (n) => s.random(n))],
  [
    'standard_normal(size=)',
    (rt, site, s, [size]) => drawn(rt, site, sizeOf(rt, size, site), (n) => s.standardNormal(n)),
  ],
  [
    'normal(loc=, scale=, size=)',
    (rt, site, s, [m, d, size]) =>
      drawn(rt, site, sizeOf(rt, size, site), (n) => s.normal(parameter(rt, m, 0, site), parameter(rt, d, 1, site), n)),
  ],
  [
    'uniform(low=, high=, size=)',
    (rt, site, s, [a, b, size]) =>
      drawn(rt, site, sizeOf(rt, size, site), (n) =>
        s.uniform(parameter(rt, a, 0, site), parameter(rt, b, 1, site), n),
      ),
  ],
  [
    'integers(low, high=, size=)',
    (rt, site, s, [low, high, size]) => {
      const a = asIndex(rt, low as PyValue, site);
      const b = high === undefined || high === null ? undefined : asIndex(rt, high, site);
      if (a instanceof PyUnknown) return a;
      if (b instanceof PyUnknown) return b;
      return drawn(rt, site, sizeOf(rt, size, site), (n) =>
        b === undefined ? s.integers(0, a, n) : s.integers(a, b, n),
      );
    },
  ],
  [
    'permutation(x)',
    (rt, site, s, [x]) => {
      const from = typeof x === 'number' ? x : toArray(rt, x as PyValue, site);
      return from instanceof PyUnknown
        ? from
        : numeric(rt, site, () => wrap(rt, s.permutation(typeof from === 'number' ? from : from.nd)));
    },
  ],
];

const nameOf = (signature: string): string => signature.slice(0, signature.indexOf('('));

/** Without a seed the numbers come from a fixed one: the run is the same each time, and what is drawn is assumed. */
function sourceOf<S>(rt: Runtime, random: Random<S>, make: () => S): S {
  if (random.source === undefined) {
    random.source = make();
    rt.drewWithoutSeed = true;
  }
  return random.source;
}

const FIXED_SEED = 0;
const legacySource = () => new RandomState(FIXED_SEED);
const modernSource = () => new Generator(FIXED_SEED);

function generatorMethods<S>(draws: readonly (readonly [string, Draw<S>])[], make: () => S): PyBuiltin[] {
  return draws.map(([signature, draw]) =>
    method<[Random<S>, ...PyValue[]]>(signature.replace('(', '(self, '), (rt, site, [self, ...args]) =>
      draw(rt, site, sourceOf(rt, self, make), args),
    ),
  );
}

function shuffle(
  rt: Runtime,
  site: Site,
  x: PyValue,
  run: (nd: NdArray) => ReturnType<RandomState['shuffle']>,
): PyValue {
  if (x instanceof PyArray && !x.isTraced(rt)) {
    const record = run(x.nd);
    rt.recorder?.wrote(record);
  } else if (x instanceof PyArray || x instanceof PyList) {
    const why = rt.unknown('unsupported', 'this can not be shuffled', site);
    if (x instanceof PyArray) x.spoil(why);
    else x.unknown ??= why;
  }
  return null;
}

const STATE_CLASS: PyClass = builtinClass('RandomState', [
  ...generatorMethods(legacy, legacySource),
  method<[Random<RandomState>, PyValue]>('shuffle(self, x)', (rt, site, [self, x]) =>
    shuffle(rt, site, x, (nd) => sourceOf(rt, self, legacySource).shuffle(nd)),
  ),
  method<[Random<RandomState>, PyValue?]>('seed(self, seed=)', (_rt, _site, [self, seed]) => {
    self.source = typeof seed === 'number' ? new RandomState(seed) : undefined;
    return null;
  }),
]);
STATE_CLASS.construct = (rt, _cls, [seed], _kwargs, site) =>
  numeric(rt, site, () => new Random(STATE_CLASS, typeof seed === 'number' ? new RandomState(seed) : undefined));

const GENERATOR_CLASS: PyClass = builtinClass('Generator', [
  ...generatorMethods(modern, modernSource),
  method<[Random<Generator>, PyValue]>('shuffle(self, x)', (rt, site, [self, x]) =>
    shuffle(rt, site, x, (nd) => sourceOf(rt, self, modernSource).shuffle(nd)),
  ),
]);

function shared(rt: Runtime): Random<RandomState> {
  let state = rt.state.get('numpy.random') as Random<RandomState> | undefined;
  if (!state) rt.state.set('numpy.random', (state = new Random<RandomState>(STATE_CLASS, undefined)));
  return state;
}

export const numpyRandom = library('numpy.random', {
  RandomState: STATE_CLASS,
  Generator: GENERATOR_CLASS,
  seed: fn<[PyValue?]>('seed(seed=)', (rt, site, [seed]) =>
    numeric(rt, site, () => {
      shared(rt).source = typeof seed === 'number' ? new RandomState(seed) : undefined;
      return null;
    }),
  ),
  default_rng: fn<[PyValue?]>('default_rng(seed=)', (rt, site, [seed]) =>
    numeric(rt, site, () => new Random(GENERATOR_CLASS, typeof seed === 'number' ? new Generator(seed) : undefined)),
  ),
  shuffle: fn<[PyValue]>('shuffle(x)', (rt, site, [x]) =>
    shuffle(rt, site, x, (nd) => sourceOf(rt, shared(rt), legacySource).shuffle(nd)),
  ),
  ...Object.fromEntries(
    legacy.map(([signature, draw]): [string, PyBuiltin] => [
      nameOf(signature),
      fn<PyValue[]>(signature, (rt, site, args) => draw(rt, site, sourceOf(rt, shared(rt), legacySource), args)),
    ]),
  ),
});
