/** `random`: Python's own Mersenne Twister, so that a seed gives the numbers that CPython gives. */
import type { Site } from '../../../model';
import { MersenneTwister } from '../../../tensor/random/mt19937';
import { raised } from '../exceptions';
import { asIndex, getItem, lengthOf, toArray } from '../iteration';
import { builtinClass, fn, library, method } from '../library';
import { asData } from '../operators';
import type { Runtime } from '../runtime';
import { isNumberLike, toFloat } from '../values/numbers';
import type { PyBuiltin } from '../values/object';
import { type PyClass, PyFloat, PyList, PyObject, PyRange, PyUnknown, type PyValue } from '../values/object';

/** The generator behind a `random.Random` and the functions of the module. */
class Source {
  private twister: MersenneTwister | undefined;
  private spareGauss: number | undefined;
  /** Without a seed CPython's numbers differ from run to run: what is drawn then is not known. */
  get seeded(): boolean {
    return this.twister !== undefined;
  }

  seed(value: bigint): void {
    const magnitude = value < 0n ? -value : value;
    const words: number[] = [];
    for (let rest = magnitude; rest > 0n; rest >>= 32n) words.push(Number(rest & 0xffffffffn));
    this.twister = new MersenneTwister(words.length > 0 ? words : [0]);
    this.spareGauss = undefined;
  }

  random(): number {
    return (this.twister as MersenneTwister).nextDouble();
  }

  bits(k: number): bigint {
    let value = 0n;
    let shift = 0n;
    for (let left = k; left > 0; left -= 32) {
      const word = (this.twister as MersenneTwister).next32() >>> 0;
      value |= BigInt(left < 32 ? word >>> (32 - left) : word) << shift;
      shift += 32n;
    }
    return value;
  }

  /** A whole number in [0, n). */
  below(n: number): number {
    const k = n === 0 ? 0 : BigInt(n).toString(2).length;
    let r = this.bits(k);
    while (r >= BigInt(n)) r = this.bits(k);
    return Number(r);
  }

  gauss(mu: number, sigma: number): number {
    let z = this.spareGauss;
    this.spareGauss = undefined;
    if (z === undefined) {
      const angle = this.random() * 2 * Math.PI;
      const radius = Math.sqrt(-2 * Math.log(1 - this.random()));
      z = Math.cos(angle) * radius;
      this.spareGauss = Math.sin(angle) * radius;
    }
    return mu + z * sigma;
  }

  /** Kinderman and Monahan's ratio of uniforms. */
  normal(mu: number, sigma: number): number {
    const magic = (4 * Math.exp(-0.5)) / Math.sqrt(2);
    for (;;) {
      const u = this.random();
      const v = 1 - this.random();
      const z = (magic * (u - 0.5)) / v;
      if ((z * z) / 4 <= -Math.log(v)) return mu + z * sigma;
    }
  }
}

class RandomObject extends PyObject {
  readonly source = new Source();
  override attrs = new Map<string, PyValue>();
  get cls(): PyClass {
    return RANDOM;
  }
}

/** Seeds with an int or a text, as CPython's version 2 does for ints; other seeds are not supported. */
function seed(source: Source, value: PyValue | undefined): boolean {
  if (typeof value === 'boolean') source.seed(value ? 1n : 0n);
  else if (typeof value === 'number' || typeof value === 'bigint') source.seed(BigInt(value));
  else return false;
  return true;
}

type Draw = (source: Source, rt: Runtime, site: Site, args: readonly PyValue[]) => PyValue;

const real = (rt: Runtime, site: Site, value: PyValue): number => {
  const data = asData(rt, value, site) ?? value;
  if (isNumberLike(data)) return toFloat(data);
  throw raised('TypeError', 'must be real number');
};
const whole = (rt: Runtime, site: Site, value: PyValue): number => {
  const n = asIndex(rt, value, site);
  return n instanceof PyUnknown ? 0 : n;
};

function choose(source: Source, rt: Runtime, site: Site, population: PyValue): PyValue {
  const n = lengthOf(rt, population, site);
  if (n instanceof PyUnknown) return n;
  if (n === 0) throw raised('IndexError', 'Cannot choose from an empty sequence');
  return getItem(rt, population, source.below(n), site);
}

function sample(source: Source, rt: Runtime, site: Site, population: PyValue, k: number): PyValue {
  const items = toArray(rt, population, site);
  if (items instanceof PyUnknown) return items;
  const n = items.length;
  if (k < 0 || k > n) throw raised('ValueError', 'Sample larger than population or is negative');
  const result: PyValue[] = [];
  // CPython keeps either a pool or the set of chosen indices, by which is smaller.
  const setSize = 21 + (k > 5 ? 4 ** Math.ceil(Math.log(k * 3) / Math.log(4)) : 0);
  if (n <= setSize) {
    for (let i = 0; i < k; i++) {
      const j = source.below(n - i);
      result.push(items[j] as PyValue);
      items[j] = items[n - i - 1] as PyValue;
    }
  } else {
    const chosen = new Set<number>();
    for (let i = 0; i < k; i++) {
      let j = source.below(n);
      while (chosen.has(j)) j = source.below(n);
      chosen.add(j);
      result.push(items[j] as PyValue);
    }
  }
  return new PyList(result);
}

function choices(source: Source, rt: Runtime, site: Site, args: readonly PyValue[]): PyValue {
  const [population, weights, cumulative, k] = args as [PyValue, PyValue?, PyValue?, PyValue?];
  const items = toArray(rt, population, site);
  if (items instanceof PyUnknown) return items;
  const count = k === undefined ? 1 : whole(rt, site, k);
  const out: PyValue[] = [];
  if ((weights === undefined || weights === null) && (cumulative === undefined || cumulative === null)) {
    for (let i = 0; i < count; i++) out.push(items[Math.floor(source.random() * items.length)] as PyValue);
    return new PyList(out);
  }
  const given = toArray(rt, weights ?? (cumulative as PyValue), site);
  if (given instanceof PyUnknown) return given;
  let sum = 0;
  const sums = given.map((w) =>
    weights === undefined || weights === null ? real(rt, site, w) : (sum += real(rt, site, w)),
  );
  const total = sums[sums.length - 1] as number;
  for (let i = 0; i < count; i++) {
    const x = source.random() * total;
    const at = sums.findIndex((s) => x < s);
    out.push(items[at < 0 ? items.length - 1 : at] as PyValue);
  }
  return new PyList(out);
}

const DRAWS: readonly (readonly [string, Draw])[] = [
  ['random()', (s) => new PyFloat(s.random())],
  [
    'uniform(a, b)',
    (s, rt, site, [a, b]) => {
      const [low, high] = [real(rt, site, a as PyValue), real(rt, site, b as PyValue)];
      return new PyFloat(low + (high - low) * s.random());
    },
  ],
  [
    'gauss(mu=, sigma=)',
    (s, rt, site, [mu, sigma]) =>
      new PyFloat(s.gauss(mu === undefined ? 0 : real(rt, site, mu), sigma === undefined ? 1 : real(rt, site, sigma))),
  ],
  [
    'normalvariate(mu=, sigma=)',
    (s, rt, site, [mu, sigma]) =>
      new PyFloat(s.normal(mu === undefined ? 0 : real(rt, site, mu), sigma === undefined ? 1 : real(rt, site, sigma))),
  ],
  [
    'expovariate(lambd)',
    (s, rt, site, [lambda]) => new PyFloat(-Math.log(1 - s.random()) / real(rt, site, lambda as PyValue)),
  ],
  [
    'randint(a, b)',
    (s, rt, site, [a, b]) => {
      const [low, high] = [whole(rt, site, a as PyValue), whole(rt, site, b as PyValue)];
      if (high < low)
        throw raised('ValueError', `empty range for randrange() (${low}, ${high + 1}, ${high + 1 - low})`);
      return low + s.below(high - low + 1);
    },
  ],
  [
    'randrange(start, stop=, step=)',
    (s, rt, site, [a, b, c]) => {
      const start = whole(rt, site, a as PyValue);
      const range =
        b === undefined
          ? new PyRange(0, start, 1)
          : new PyRange(start, whole(rt, site, b), c === undefined ? 1 : whole(rt, site, c));
      if (range.length_ === 0) throw raised('ValueError', 'empty range for randrange()');
      return range.start + range.step * s.below(range.length_);
    },
  ],
  [
    'getrandbits(k)',
    (s, rt, site, [k]) => {
      const value = s.bits(whole(rt, site, k as PyValue));
      return Number.isSafeInteger(Number(value)) ? Number(value) : value;
    },
  ],
  ['choice(seq)', (s, rt, site, [seq]) => choose(s, rt, site, seq as PyValue)],
  ['choices(population, weights=, *, cum_weights=, k=)', (s, rt, site, args) => choices(s, rt, site, args)],
  [
    'sample(population, k)',
    (s, rt, site, [population, k]) => sample(s, rt, site, population as PyValue, whole(rt, site, k as PyValue)),
  ],
];

/** Without a seed nobody knows what will be drawn. */
function draw(source: Source, name: string, rt: Runtime, site: Site, make: () => PyValue): PyValue {
  if (!source.seeded) return rt.unknown('unseeded', `\`random.${name}\` draws without a seed`, site);
  return make();
}

function shuffle(source: Source, rt: Runtime, site: Site, list: PyValue): PyValue {
  if (!(list instanceof PyList)) return rt.unknown('unsupported', 'only lists are shuffled', site);
  if (!source.seeded) {
    list.unknown ??= rt.unknown('unseeded', '`random.shuffle` draws without a seed', site);
    return null;
  }
  for (let i = list.items.length - 1; i > 0; i--) {
    const j = source.below(i + 1);
    [list.items[i], list.items[j]] = [list.items[j] as PyValue, list.items[i] as PyValue];
  }
  return null;
}

function shared(rt: Runtime): Source {
  let source = rt.state.get('random') as Source | undefined;
  if (!source) rt.state.set('random', (source = new Source()));
  return source;
}

const nameOf = (signature: string): string => signature.slice(0, signature.indexOf('('));
const withSelf = (signature: string): string => signature.replace(/\((?=\))/, '(self').replace(/\((?!self)/, '(self, ');

const RANDOM: PyClass = builtinClass('Random', [
  ...DRAWS.map(([signature, make]) =>
    method<[RandomObject, ...PyValue[]]>(withSelf(signature), (rt, site, [self, ...args]) =>
      draw(self.source, nameOf(signature), rt, site, () => make(self.source, rt, site, args)),
    ),
  ),
  method<[RandomObject, PyValue]>('shuffle(self, x)', (rt, site, [self, x]) => shuffle(self.source, rt, site, x)),
  method<[RandomObject, PyValue?]>('seed(self, a=, version=)', (_rt, _site, [self, a]) => {
    seed(self.source, a);
    return null;
  }),
]);
RANDOM.construct = (_rt, _cls, args) => {
  const object = new RandomObject();
  seed(object.source, args[0]);
  return object;
};

const module = library('random', {
  Random: RANDOM,
  seed: fn<[PyValue?]>('seed(a=, version=)', (rt, site, [a]) => {
    const source = shared(rt);
    if (a !== undefined && a !== null && !seed(source, a))
      return rt.unknown('unsupported', 'this seed is not supported', site);
    return null;
  }),
  shuffle: fn<[PyValue]>('shuffle(x)', (rt, site, [x]) => shuffle(shared(rt), rt, site, x)),
  ...Object.fromEntries(
    DRAWS.map(([signature, make]): [string, PyBuiltin] => [
      nameOf(signature),
      fn<PyValue[]>(signature, (rt, site, args) =>
        draw(shared(rt), nameOf(signature), rt, site, () => make(shared(rt), rt, site, args)),
      ),
    ]),
  ),
});

export { module as random };
