/**
 * `numpy.random`: the legacy generator and `default_rng`, with NumPy's own numbers for a seed. Without a seed the numbers come
 * from a fixed one: the run is the same each time, and what is drawn is marked as assumed.
 */
import { arange, Generator, type NdArray, type Parameter as Law, RandomState } from '../../../tensor';
import type { Site } from '../../../model';
import {
  asMethod,
  type Arguments,
  type Call,
  define,
  optional,
  type Parameter,
  type Parameters,
  unfollowed,
  value,
} from '../binding';
import { raised } from '../exceptions';
import { asIndex } from '../iteration';
import { builtinClass, library } from '../library';
import { asData } from '../operators';
import type { Runtime } from '../runtime';
import { isNumberLike, toDouble } from '../values/numbers';
import {
  type PyBuiltin,
  type PyClass,
  PyList,
  PyObject,
  PyTuple,
  PyUnknown,
  type PyValue,
  typeOf,
} from '../values/object';
import { operand, PyArray, wrap } from './array';
import { toArray } from './convert';
import { numeric } from './errors';
import { lookAtValues } from './guards';
import { plainItem } from './methods';
import * as take from './parameters';
import { EVERYTHING } from './write';

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
  override getAttr(rt: Runtime, name: string, site: Site): PyValue | undefined {
    return KNOWN_LAWS.has(name) && this.type.lookup(name) === undefined
      ? rt.unknown('unsupported', `\`${this.type.name}.${name}\` is not supported`, site)
      : undefined;
  }
}

/** What NumPy draws and this does not, or only from one of the two generators. */
const KNOWN_LAWS = new Set(
  (
    'beta binomial bytes chisquare dirichlet exponential f gamma geometric get_state hypergeometric logseries multinomial ' +
    'multivariate_hypergeometric multivariate_normal negative_binomial noncentral_chisquare noncentral_f pareto permuted ' +
    'poisson power rayleigh set_state spawn standard_cauchy standard_exponential standard_gamma standard_t tomaxint triangular ' +
    'vonmises wald weibull zipf bit_generator'
  ).split(' '),
);

/** A parameter of a law: a number or an array. */
const law: Parameter<Law> = {
  read: ({ rt, site }, given) => {
    const plain = asData(rt, given, site) ?? given;
    if (isNumberLike(plain)) return toDouble(plain);
    const x = toArray(rt, plain, site);
    if (x instanceof PyUnknown) return x;
    lookAtValues(rt, x, site);
    return x.nd;
  },
};

/** `size=`: none draws one number. */
const size: Parameter<readonly number[] | undefined> = optional({
  read: ({ rt, site }: Call, given: PyValue) => {
    const shape = take.shapeOf(rt, given, site);
    return shape instanceof PyUnknown ? shape : (take.afford(rt, shape, site) ?? shape);
  },
});

/** `rand(2, 3)` */
const extents: Parameter<readonly number[]> = {
  kind: 'rest',
  read: ({ rt, site }, given) => {
    const shape = take.integersOf(rt, new PyTuple(given as unknown as readonly PyValue[]), site);
    return shape instanceof PyUnknown ? shape : (take.afford(rt, shape, site) ?? shape);
  },
};

/** A draw: its parameters, and the numbers that a source gives for them. */
interface Draw<S> {
  readonly name: string;
  readonly parameters: Parameters;
  readonly draw: (source: S, args: Readonly<Record<string, never>>) => NdArray;
}

function draw<S, P extends Parameters>(
  name: string,
  parameters: P,
  make: (source: S, args: Arguments<P>) => NdArray,
): Draw<S> {
  return { name, parameters, draw: make as unknown as Draw<S>['draw'] };
}

/** Without `replace` no element is drawn twice. */
const choiceOptions = {
  a: {
    read: ({ rt, site }: Call, given: PyValue): number | NdArray | PyUnknown => {
      const n = isNumberLike(given) ? asIndex(rt, given, site) : toArray(rt, given, site);
      if (typeof n === 'number' || n instanceof PyUnknown) return n;
      lookAtValues(rt, n, site);
      return n.nd.ndim === 0 ? n.nd.item() : n.nd;
    },
  },
  size,
  replace: optional(take.flag, true),
  p: optional(take.data),
};

const weighted = (replace: boolean, p: NdArray | undefined) => (p === undefined ? { replace } : { replace, p });

/** Integers between bounds: `f(n)` draws below n. */
const bounds = { low: take.integer, high: optional(take.integer) };

const legacy: readonly Draw<RandomState>[] = [
  draw('rand', { shape: extents }, (s: RandomState, { shape }) => s.random(shape)),
  draw('randn', { shape: extents }, (s: RandomState, { shape }) => s.standardNormal(shape)),
  ...['random', 'random_sample', 'ranf', 'sample'].map((name) =>
    draw(name, { size }, (s: RandomState, { size }) => s.random(size)),
  ),
  draw('standard_normal', { size }, (s: RandomState, { size }) => s.standardNormal(size)),
  draw('normal', { loc: optional(law, 0), scale: optional(law, 1), size }, (s: RandomState, { loc, scale, size }) =>
    s.normal(loc, scale, size),
  ),
  draw('uniform', { low: optional(law, 0), high: optional(law, 1), size }, (s: RandomState, { low, high, size }) =>
    s.uniform(low, high, size),
  ),
  draw('exponential', { scale: optional(law, 1), size }, (s: RandomState, { scale, size }) =>
    s.exponential(scale, size),
  ),
  draw('standard_exponential', { size }, (s: RandomState, { size }) => s.exponential(1, size)),
  draw('laplace', { loc: optional(law, 0), scale: optional(law, 1), size }, (s: RandomState, { loc, scale, size }) =>
    s.laplace(loc, scale, size),
  ),
  draw('logistic', { loc: optional(law, 0), scale: optional(law, 1), size }, (s: RandomState, { loc, scale, size }) =>
    s.logistic(loc, scale, size),
  ),
  draw('gumbel', { loc: optional(law, 0), scale: optional(law, 1), size }, (s: RandomState, { loc, scale, size }) =>
    s.gumbel(loc, scale, size),
  ),
  draw(
    'lognormal',
    { mean: optional(law, 0), sigma: optional(law, 1), size },
    (s: RandomState, { mean, sigma, size }) => s.logNormal(mean, sigma, size),
  ),
  draw('binomial', { n: law, p: law, size }, (s: RandomState, { n, p, size }) => s.binomial(n, p, size)),
  draw('poisson', { lam: optional(law, 1), size }, (s: RandomState, { lam, size }) => s.poisson(lam, size)),
  draw(
    'randint',
    { ...bounds, size, dtype: optional(take.dtype, 'int64' as const) },
    (s: RandomState, { low, high, size, dtype }) =>
      high === undefined ? s.randint(0, low, size, dtype) : s.randint(low, high, size, dtype),
  ),
  draw('random_integers', { ...bounds, size }, (s: RandomState, { low, high, size }) =>
    high === undefined ? s.randint(1, low + 1, size) : s.randint(low, high + 1, size),
  ),
  draw('choice', choiceOptions, (s: RandomState, { a, size, replace, p }) => s.choice(a, size, weighted(replace, p))),
  draw('permutation', { x: choiceOptions.a }, (s: RandomState, { x }) => s.permutation(x)),
  draw('gamma', { shape: law, scale: optional(law, 1), size }, (s: RandomState, { shape, scale, size }) =>
    s.gamma(shape, scale, size),
  ),
  draw('standard_gamma', { shape: law, size }, (s: RandomState, { shape, size }) => s.gamma(shape, 1, size)),
  draw('beta', { a: law, b: law, size }, (s: RandomState, { a, b, size }) => s.beta(a, b, size)),
  draw('chisquare', { df: law, size }, (s: RandomState, { df, size }) => s.chiSquare(df, size)),
  draw('dirichlet', { alpha: take.data, size }, (s: RandomState, { alpha, size }) => s.dirichlet(alpha, size)),
];

const modern: readonly Draw<Generator>[] = [
  draw(
    'random',
    { size, dtype: optional(take.dtype, 'float64' as const), out: unfollowed() },
    (s: Generator, { size, dtype }) => s.random(size, dtype as 'float64' | 'float32'),
  ),
  draw('standard_normal', { size, dtype: unfollowed(), out: unfollowed() }, (s: Generator, { size }) =>
    s.standardNormal(size),
  ),
  draw('normal', { loc: optional(law, 0), scale: optional(law, 1), size }, (s: Generator, { loc, scale, size }) =>
    s.normal(loc, scale, size),
  ),
  draw('lognormal', { mean: optional(law, 0), sigma: optional(law, 1), size }, (s: Generator, { mean, sigma, size }) =>
    s.logNormal(mean, sigma, size),
  ),
  draw('uniform', { low: optional(law, 0), high: optional(law, 1), size }, (s: Generator, { low, high, size }) =>
    s.uniform(low, high, size),
  ),
  draw('laplace', { loc: optional(law, 0), scale: optional(law, 1), size }, (s: Generator, { loc, scale, size }) =>
    s.laplace(loc, scale, size),
  ),
  draw('logistic', { loc: optional(law, 0), scale: optional(law, 1), size }, (s: Generator, { loc, scale, size }) =>
    s.logistic(loc, scale, size),
  ),
  draw('gumbel', { loc: optional(law, 0), scale: optional(law, 1), size }, (s: Generator, { loc, scale, size }) =>
    s.gumbel(loc, scale, size),
  ),
  draw('binomial', { n: law, p: law, size }, (s: Generator, { n, p, size }) => s.binomial(n, p, size)),
  draw('poisson', { lam: optional(law, 1), size }, (s: Generator, { lam, size }) => s.poisson(lam, size)),
  draw(
    'integers',
    { ...bounds, size, dtype: optional(take.dtype, 'int64' as const), endpoint: optional(take.flag, false) },
    (s: Generator, { low, high, size, dtype, endpoint }) =>
      high === undefined ? s.integers(0, low, size, dtype, endpoint) : s.integers(low, high, size, dtype, endpoint),
  ),
  draw(
    'choice',
    { ...choiceOptions, axis: unfollowed(0), shuffle: optional(take.flag, true) },
    (s: Generator, { a, size, replace, p, shuffle }) => s.choice(a, size, { ...weighted(replace, p), shuffle }),
  ),
  draw('permutation', { x: choiceOptions.a, axis: unfollowed(0) }, (s: Generator, { x }) => s.permutation(x)),
];

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

/** A draw from the source that the caller names. */
function drawn<S>(rt: Runtime, site: Site, random: Random<S>, make: () => S, one: Draw<S>, args: object): PyValue {
  return numeric(rt, site, () => {
    // A number stands for all that are smaller.
    const { x, a } = args as { readonly x?: unknown; readonly a?: unknown };
    const among = typeof x === 'number' ? x : one.name === 'choice' && typeof a === 'number' ? a : 0;
    const expensive = take.afford(rt, [among], site);
    if (expensive) return expensive;
    const nd = one.draw(sourceOf(rt, random, make), args as never);
    rt.tick(1 + (nd.size >> 3));
    // One number is Python's own float, unless it is an element of an array, or was asked for as an array without axes.
    const { size } = args as { readonly size?: readonly number[] };
    if (size?.length === 0 && one.name !== 'choice') return new PyArray(nd);
    return one.name === 'choice' ? wrap(rt, nd) : nd.ndim === 0 ? plainItem(wrap(rt, nd)) : wrap(rt, nd);
  });
}

const receiver: Parameter<PyValue> = value;

function methodsOf<S>(draws: readonly Draw<S>[], make: () => S): PyBuiltin[] {
  return draws.map((one) =>
    asMethod(
      define(one.name, { self: receiver, ...one.parameters }, ({ rt, site }, { self, ...args }) =>
        drawn(rt, site, self as unknown as Random<S>, make, one, args),
      ),
    ),
  );
}

type Shuffle = (nd: NdArray) => ReturnType<RandomState['shuffle']>;

/** Shuffles in place along the first axis: an array, traced or not, or a list. */
function shuffled(rt: Runtime, site: Site, x: PyValue, run: Shuffle): PyValue {
  if (x instanceof PyList) {
    if (x.unknown) return rt.spread(x.unknown);
    const order = arange(0, x.items.length, 1, 'int64');
    run(order);
    const { items } = x;
    x.items = Array.from(order.elements(), (i) => items[i] as PyValue);
    return null;
  }
  if (!(x instanceof PyArray)) return rt.unknown('unsupported', 'shuffling this is not supported', site);
  if (x.unknown) return rt.spread(x.unknown);
  if (!x.isTraced(rt)) {
    const record = run(x.nd);
    rt.recorder?.wrote(record);
    return null;
  }
  const order = arange(0, x.nd.shape[0] ?? 0, 1, 'int64');
  run(order);
  const mixed = operand(rt, x.getItem(rt, new PyArray(order), site), site);
  if (mixed instanceof PyUnknown) x.spoil(mixed);
  else x.write(rt, EVERYTHING, mixed, site);
  return null;
}

/** `seed(…)`: a number or several; none is no seed. */
const seed: Parameter<number | readonly number[] | undefined> = optional({
  read: ({ rt, site }: Call, given: PyValue) => {
    if (given instanceof PyObject) {
      const several = take.integersOf(rt, given, site);
      return several;
    }
    if (typeof given === 'number') return given;
    if (typeof given === 'bigint')
      return rt.unknown('unsupported', 'a seed of more than 53 bits is not supported', site);
    throw raised(
      'TypeError',
      `Cannot cast scalar from dtype('${typeof given === 'string' ? `<U${given.length}` : typeOf(given).name}') to dtype('int64') according to the rule 'safe'`,
    );
  },
});

type Seed = number | readonly number[] | undefined;
const legacyFrom = (given: Seed) => (given === undefined ? undefined : new RandomState(given));
const modernFrom = (given: Seed) => (given === undefined ? undefined : new Generator(given));

const STATE_CLASS: PyClass = builtinClass('RandomState', [
  ...methodsOf(legacy, legacySource),
  asMethod(
    define('shuffle', { self: receiver, x: value }, ({ rt, site }, { self, x }) =>
      shuffled(rt, site, x, (nd) => sourceOf(rt, self as unknown as Random<RandomState>, legacySource).shuffle(nd)),
    ),
  ),
  asMethod(
    define('seed', { self: receiver, seed }, ({ rt, site }, { self, seed }) =>
      numeric(rt, site, () => {
        (self as unknown as Random<RandomState>).source = legacyFrom(seed);
        return null;
      }),
    ),
  ),
]);

const GENERATOR_CLASS: PyClass = builtinClass('Generator', [
  ...methodsOf(modern, modernSource),
  asMethod(
    define('shuffle', { self: receiver, x: value, axis: unfollowed(0) }, ({ rt, site }, { self, x }) =>
      shuffled(rt, site, x, (nd) => sourceOf(rt, self as unknown as Random<Generator>, modernSource).shuffle(nd)),
    ),
  ),
]);

/** Makes a source; calling the class does the same. */
function maker<S>(name: string, type: PyClass, from: (given: Seed) => S | undefined): PyBuiltin {
  return define(name, { seed }, ({ rt, site }, { seed }) => numeric(rt, site, () => new Random(type, from(seed))));
}

const makeState = maker('RandomState', STATE_CLASS, legacyFrom);
STATE_CLASS.construct = (rt, _cls, args, kwargs, site) => makeState.body(rt, args, kwargs, site);

/** `Generator(PCG64(seed))`: a bit generator is its seed. */
const BITS: PyClass = builtinClass('PCG64', []);
const makeBits = maker('PCG64', BITS, modernFrom);
BITS.construct = (rt, _cls, args, kwargs, site) => makeBits.body(rt, args, kwargs, site);
GENERATOR_CLASS.construct = (rt, _cls, [bits], _kwargs, site) =>
  bits instanceof Random && bits.cls === BITS
    ? new Random(GENERATOR_CLASS, bits.source as Generator | undefined)
    : rt.unknown('unsupported', 'this bit generator is not supported', site);

/** The generator behind `np.random.rand` and its like; each run has its own. */
function shared(rt: Runtime): Random<RandomState> {
  let state = rt.state.get('numpy.random') as Random<RandomState> | undefined;
  if (!state) rt.state.set('numpy.random', (state = new Random<RandomState>(STATE_CLASS, undefined)));
  return state;
}

export const numpyRandom = library('numpy.random', {
  RandomState: STATE_CLASS,
  Generator: GENERATOR_CLASS,
  PCG64: BITS,
  seed: define('seed', { seed }, ({ rt, site }, { seed }) =>
    numeric(rt, site, () => {
      shared(rt).source = legacyFrom(seed);
      return null;
    }),
  ),
  default_rng: maker('default_rng', GENERATOR_CLASS, modernFrom),
  shuffle: define('shuffle', { x: value }, ({ rt, site }, { x }) =>
    shuffled(rt, site, x, (nd) => sourceOf(rt, shared(rt), legacySource).shuffle(nd)),
  ),
  ...Object.fromEntries(
    legacy.map((one): [string, PyBuiltin] => [
      one.name,
      define(one.name, one.parameters, ({ rt, site }, args) => drawn(rt, site, shared(rt), legacySource, one, args)),
    ]),
  ),
});
