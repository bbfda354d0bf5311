/**
 * The laws of `scipy.stats`: the logarithm of a density is stated once for each in its standard form, and location, scale,
 * support, density and frozen laws are derived from it.
 */
import type { Site } from '../../../../model';
import { type NdArray } from '../../../../tensor';
import * as tensors from '../../../../tensor';
import { type Call, define, optional, type Parameter } from '../../binding';
import { builtinClass } from '../../library';
import type { Operand } from '../../numpy/array';
import { compose, type Composer } from '../../numpy/compose';
import { numeric } from '../../numpy/errors';
import type { Runtime } from '../../runtime';
import { type Kwargs, type PyClass, PyObject, PyUnknown, type PyValue } from '../../values/object';
import { floats } from '../floats';

export interface Law {
  readonly name: string;
  /** Names of its shape parameters, in SciPy's order. */
  readonly shapes: readonly string[];
  readonly discrete?: boolean;
  /** The logarithm of the standard density (probability) at z. */
  readonly log: (c: Composer, z: PyValue, ...shapes: PyValue[]) => PyValue;
  /** Where the standard density is not zero; everywhere, if left out. */
  readonly support?: (z: number, ...shapes: number[]) => boolean;
  /** A place inside of the support, of whatever shape parameters. */
  readonly inside?: number;
  /** Which shape parameters there are. */
  readonly valid?: (...shapes: number[]) => boolean;
  /** The standard distribution function. */
  readonly cdf?: (c: Composer, z: PyValue, ...shapes: PyValue[]) => PyValue;
}

/** What a method gives for a place and the parameters of the law. */
type Method = (c: Composer, law: Law, x: PyValue, shapes: readonly PyValue[], loc: PyValue, scale: PyValue) => PyValue;

const data = (c: Composer, x: PyValue): NdArray => {
  const nd = c.data(x);
  return nd instanceof PyUnknown ? tensors.scalar(NaN) : nd;
};

/** One condition on a place and shape parameters that broadcast together. */
function joint(c: Composer, values: readonly PyValue[], test: (...v: number[]) => boolean): NdArray {
  const arrays = tensors.broadcastArrays(...values.map((v) => data(c, v)));
  const flat = arrays.map((a) => a.elements());
  const [first] = arrays as [NdArray];
  return tensors.fromValues(
    'bool',
    first.shape,
    Uint8Array.from({ length: first.size }, (_, i) => Number(test(...flat.map((f) => f[i] as number)))),
  );
}

const standard = (c: Composer, x: PyValue, loc: PyValue, scale: PyValue) => c.div(c.sub(x, loc), scale);

/** Log-densities: of the standard law at (x − loc)/scale, less log scale; −∞ outside of the support, NaN for no law. */
const logDensity: Method = (c, law, x, shapes, loc, scale) => {
  const z = law.discrete ? c.sub(x, loc) : standard(c, x, loc, scale);
  const isInside = joint(c, [z, ...shapes], (v, ...s) => {
    if (Number.isNaN(v)) return true;
    return (law.support?.(v, ...s) ?? true) && (!law.discrete || Number.isInteger(v));
  });
  const isAll = isInside.elements().every((v) => v !== 0);
  // What is outside is not evaluated there, so that it leaves no NaN in derivatives.
  const safe = isAll ? z : c.where(isInside, z, law.inside ?? 0.5);
  const own = law.log(c, safe, ...shapes);
  const scaled = law.discrete ? own : c.sub(own, c.apply('log', scale));
  const value = isAll ? scaled : c.where(isInside, scaled, -Infinity);
  const isLaw = joint(c, law.discrete ? [z, ...shapes] : [z, scale, ...shapes], (_z, ...p) => {
    const [s, ...rest] = law.discrete ? [1, ...p] : p;
    return (s as number) > 0 && (law.valid?.(...rest) ?? true);
  });
  return isLaw.elements().every((v) => v !== 0) ? value : c.where(isLaw, value, NaN);
};

const density: Method = (c, law, ...rest) => c.apply('exp', logDensity(c, law, ...rest));

const distribution: Method = (c, law, x, shapes, loc, scale) => {
  const z = standard(c, x, loc, scale);
  return (law.cdf as NonNullable<Law['cdf']>)(c, z, ...shapes);
};

/** Methods by name: densities of continuous laws, probabilities of discrete ones. */
function methodsOf(law: Law): Readonly<Record<string, Method>> {
  return {
    ...(law.discrete ? { logpmf: logDensity, pmf: density } : { logpdf: logDensity, pdf: density }),
    ...(law.cdf
      ? {
          cdf: distribution,
          sf: ((c, ...rest) => c.sub(1, distribution(c, ...rest))) as Method,
          logcdf: ((c, ...rest) => c.apply('log', distribution(c, ...rest))) as Method,
        }
      : {}),
  };
}

/** What a law of SciPy has besides. */
const KNOWN = new Set(
  'rvs ppf isf logsf stats entropy fit expect median mean var std interval moment support nnlf cdf sf logcdf logpdf pdf logpmf pmf'.split(
    ' ',
  ),
);

/** `loc=` and `scale=` after the shape parameters. */
function parametersOf(law: Law): Readonly<Record<string, Parameter<Operand | undefined>>> {
  return {
    ...Object.fromEntries(law.shapes.map((name) => [name, floats])),
    loc: optional(floats),
    ...(law.discrete ? {} : { scale: optional(floats) }),
  };
}

type Given = Readonly<Record<string, Operand | undefined>>;

function evaluated(rt: Runtime, site: Site, law: Law, method: Method, x: Operand, given: Given): PyValue {
  return numeric(rt, site, () => {
    const c = compose(rt, site);
    const of = (y: Operand | undefined, otherwise: number): PyValue =>
      y === undefined ? c.of({ nd: tensors.weakFloat(otherwise), row: undefined }) : c.of(y);
    const shapes = law.shapes.map((name) => of(given[name], NaN));
    return method(c, law, of(x, NaN), shapes, of(given['loc'], 0), of(given['scale'], 1));
  });
}

class PyLaw extends PyObject {
  constructor(
    private readonly type: PyClass,
    private readonly law: Law,
    /** Parameters of a frozen law. */
    private readonly frozen: Given | undefined,
  ) {
    super();
  }
  get cls(): PyClass {
    return this.type;
  }
  override getAttr(rt: Runtime, name: string, site: Site): PyValue | undefined {
    const { law, frozen } = this;
    const method = methodsOf(law)[name];
    if (method) {
      const place = { [law.discrete ? 'k' : 'x']: floats };
      return define(`${law.name}.${name}`, frozen ? place : { ...place, ...parametersOf(law) }, (call: Call, args) => {
        const { x, k, ...rest } = args as Given;
        return evaluated(call.rt, call.site, law, method, (x ?? k) as Operand, frozen ?? rest);
      });
    }
    return KNOWN.has(name)
      ? rt.unknown('unsupported', `\`scipy.stats.${law.name}.${name}\` is not supported`, site)
      : undefined;
  }
  /** `norm(loc=1, scale=2)`: the law with its parameters. */
  override call(rt: Runtime, args: readonly PyValue[], kwargs: Kwargs, site: Site): PyValue {
    return define(
      this.law.name,
      parametersOf(this.law),
      (_call, given) => new PyLaw(this.type, this.law, given as Given),
    ).body(rt, args, kwargs, site);
  }
}

export function lawObject(law: Law): PyValue {
  return new PyLaw(builtinClass(`scipy.stats.${law.name}`, []), law, undefined);
}
