/** Laws of vectors. */
import type { Site } from '../../../../model';
import * as tensors from '../../../../tensor';
import { type Call, define, optional, unfollowed } from '../../binding';
import { raised } from '../../exceptions';
import { builtinClass } from '../../library';
import { arrayOf, type Operand } from '../../numpy/array';
import { compose, type Composer } from '../../numpy/compose';
import { numeric } from '../../numpy/errors';
import type { Runtime } from '../../runtime';
import { type Kwargs, type PyClass, PyObject, PyUnknown, type PyValue } from '../../values/object';
import { floats } from '../floats';
import { xlog1py } from '../special';

/** Log-density of the normal law in d dimensions: −½ (d log 2π + log det Σ + |L⁻¹(x − μ)|²), Σ = L Lᵀ. */
function logNormal(c: Composer, x: Operand, mean: Operand | undefined, cov: Operand | undefined): PyValue {
  const d = mean ? mean.nd.size : cov && cov.nd.ndim > 1 ? (cov.nd.shape[0] as number) : 1;
  if (d === 1 && cov && cov.nd.size !== 1)
    throw raised('ValueError', `cannot reshape array of size ${cov.nd.size} into shape (1,1)`);
  if (cov && cov.nd.ndim === 2 && (cov.nd.shape[0] !== d || cov.nd.shape[1] !== d))
    throw raised(
      'ValueError',
      `Array 'cov' must be square if it is two dimensional, but cov.shape = ${tensors.tupleText(cov.nd.shape)}.`,
    );
  if (mean && mean.nd.size !== d) throw raised('ValueError', `Array 'mean' must be a vector of length ${d}.`);
  const centre: PyValue = mean
    ? c.tensor('reshape', [c.of(mean)], { shape: [d] })
    : c.of({ nd: tensors.zeros([d]), row: undefined });
  const matrix =
    cov === undefined
      ? c.of({ nd: tensors.eye(d), row: undefined })
      : cov.nd.ndim === 2
        ? c.of(cov)
        : c.mul(tensors.eye(d), c.of(cov));
  const { ndim, size } = x.nd;
  // Points lie along the last axis; in one dimension every number is a point.
  const shape = ndim === 0 ? [] : ndim === 1 ? (d === 1 ? [size] : []) : x.nd.shape.slice(0, -1);
  const n = tensors.sizeOf(shape);
  const points = c.tensor('reshape', [c.of(x)], { shape: [n, d] });
  const factor = c.tensor('cholesky', [matrix]);
  const deviation = c.tensor('transpose', [c.sub(points, centre)], {});
  const white = c.tensor('solve_triangular', [factor, deviation], { lower: true, transposed: false });
  const distance = c.tensor('sum', [c.mul(white, white)], { axis: 0 });
  const logDet = c.mul(2, c.tensor('sum', [c.apply('log', c.tensor('diag', [factor], {}))], {}));
  const value = c.mul(-0.5, c.add(c.add(distance, logDet), d * Math.log(2 * Math.PI)));
  return c.tensor('reshape', [value], { shape });
}

/** Log-density on the simplex; x may lack its last component. */
function logDirichlet(c: Composer, x: Operand, alpha: Operand): PyValue {
  if (x.nd.ndim !== 1 || x.nd.size !== alpha.nd.size)
    throw raised(
      'ValueError',
      "Vector 'x' must have either the same number of entries as, or one entry fewer than, parameter vector 'a'",
    );
  const total = Array.from(x.nd.elements()).reduce((s, v) => s + v, 0);
  if (Math.abs(total - 1) > 1e-9)
    throw raised(
      'ValueError',
      "The input vector 'x' must lie within the normal simplex. but np.sum(x, 0) = " + String(total) + '.',
    );
  const sum = (v: PyValue) => c.tensor('sum', [v], {});
  const a = c.of(alpha);
  const normal = c.sub(sum(c.apply('lgamma', a)), c.apply('lgamma', sum(a)));
  return c.sub(sum(c.apply('xlogy', c.sub(a, 1), c.of(x))), normal);
}

/** Log-probability of counts of n trials. */
function logMultinomial(c: Composer, x: Operand, n: Operand, p: Operand): PyValue {
  if (x.nd.ndim !== 1 || p.nd.ndim !== 1) throw raised('ValueError', 'only one vector of counts is supported');
  const sum = (v: PyValue) => c.tensor('sum', [v], {});
  const ways = c.sub(c.apply('lgamma', c.add(c.of(n), 1)), sum(c.apply('lgamma', c.add(c.of(x), 1))));
  // The last probability is what the others leave.
  const k = p.nd.size;
  const first = c.index(c.of(p), [{ kind: 'slice', stop: k - 1 }]);
  const last = c.index(c.of(x), [{ kind: 'integer', value: k - 1 }]);
  const counts = c.index(c.of(x), [{ kind: 'slice', stop: k - 1 }]);
  return c.add(ways, c.add(sum(c.apply('xlogy', counts, first)), xlog1py(c, last, c.neg(sum(first)))));
}

type Given = Readonly<Record<string, Operand | undefined>>;

interface VectorLaw {
  readonly name: string;
  readonly methods: readonly [string, string];
  readonly parameters: Parameters<typeof define>[1];
  readonly log: (c: Composer, x: Operand, given: Given) => PyValue;
}

const VECTOR_LAWS: readonly VectorLaw[] = [
  {
    name: 'multivariate_normal',
    methods: ['logpdf', 'pdf'],
    parameters: {
      mean: optional(floats),
      cov: optional(floats),
      allow_singular: unfollowed(false),
      seed: unfollowed(),
    },
    log: (c, x, { mean, cov }) => logNormal(c, x, mean, cov),
  },
  {
    name: 'dirichlet',
    methods: ['logpdf', 'pdf'],
    parameters: { alpha: floats },
    log: (c, x, { alpha }) => logDirichlet(c, x, alpha as Operand),
  },
  {
    name: 'multinomial',
    methods: ['logpmf', 'pmf'],
    parameters: { n: floats, p: floats },
    log: (c, x, { n, p }) => logMultinomial(c, x, n as Operand, p as Operand),
  },
];

class PyVectorLaw extends PyObject {
  constructor(
    private readonly type: PyClass,
    private readonly law: VectorLaw,
    private readonly frozen: Given | undefined,
  ) {
    super();
  }
  get cls(): PyClass {
    return this.type;
  }
  override getAttr(rt: Runtime, name: string, site: Site): PyValue | undefined {
    const { law, frozen } = this;
    const which = law.methods.indexOf(name);
    if (which < 0) return rt.unknown('unsupported', `\`scipy.stats.${law.name}.${name}\` is not supported`, site);
    return define(name, frozen ? { x: floats } : { x: floats, ...law.parameters }, (call: Call, args) =>
      numeric(call.rt, call.site, () => {
        const { x, ...rest } = args as Given;
        const c = compose(call.rt, call.site);
        const value = law.log(c, x as Operand, frozen ?? rest);
        if (value instanceof PyUnknown) return value;
        const result = which === 0 ? value : c.apply('exp', value);
        // One of the laws gives an array without axes where the others give a number.
        return law.name === 'multinomial' && !(result instanceof PyUnknown)
          ? arrayOf(call.rt, result, call.site)
          : result;
      }),
    );
  }
  override call(rt: Runtime, args: readonly PyValue[], kwargs: Kwargs, site: Site): PyValue {
    const { type, law } = this;
    return define(law.name, law.parameters, (_call, given) => new PyVectorLaw(type, law, given as Given)).body(
      rt,
      args,
      kwargs,
      site,
    );
  }
}

export const vectorLaws: Readonly<Record<string, PyValue>> = Object.fromEntries(
  VECTOR_LAWS.map((law) => [law.name, new PyVectorLaw(builtinClass(`scipy.stats.${law.name}`, []), law, undefined)]),
);
