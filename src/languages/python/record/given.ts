/** `given x: float[100, 784] ~ normal(0, 1, seed=0)` and `given x from batch.npz`: values in place of what is not known. */
import { nameOf, parseNamePath } from '../../../format/namePath';
import type { Origin, Site } from '../../../model';
import type { PythonAnalysis } from '../analysis';
import { type Directive, sample, type Sampler } from '../../directives';
import { loadArrays, loadTable, NpzFile } from '../files/numpyFiles';
import { readText } from '../files/access';
import { parseJson } from '../modules/json';
import { PyArray } from '../numpy/array';
import type { Runtime } from '../runtime';
import { PyFloat, PyList, PyUnknown, type PyValue } from '../values/object';
import { asArray } from './pins';

export type GivenDirective = Extract<Directive, { kind: 'given' | 'from' }>;

export function isGiven(d: Directive): d is GivenDirective {
  return d.kind === 'given' || d.kind === 'from';
}

export function givenOrigin(analysis: PythonAnalysis, d: GivenDirective): Origin {
  const why = `from the directive in ${analysis.line(d.from)}`;
  const span = { from: d.from, to: d.to };
  return d.kind === 'from' ? { kind: 'file', span, why: `from ${d.path}` } : { kind: 'directive', span, why };
}

/** The value that a directive gives. Asks for files that are not there yet. */
export function givenValue(rt: Runtime, d: GivenDirective, usesArrays: boolean): PyValue {
  if (d.kind === 'from') return fromFile(rt, d, -1);
  const { shape, dtype } = d.sampler;
  const size = shape.reduce((n, e) => n * e, 8);
  if (!rt.affords(size)) return rt.unknown('budget', `an array of shape ${shape.join('×')} is too large`, -1);
  const nd = sample(d.sampler);
  if (nd === undefined) return rt.unknown('directive', `there is no sampler \`${d.sampler.distribution}\``, -1);
  if (shape.length === 0) return dtype === 'int' ? Math.trunc(nd.item()) : new PyFloat(nd.item());
  return usesArrays ? new PyArray(nd) : nestedList(nd.toNested(), dtype);
}

function nestedList(value: unknown, dtype: Sampler['dtype']): PyValue {
  if (Array.isArray(value)) return new PyList(value.map((v) => nestedList(v, dtype)));
  return dtype === 'int' ? Number(value) : new PyFloat(Number(value));
}

function fromFile(rt: Runtime, { name, path }: GivenDirective & { kind: 'from' }, site: Site): PyValue {
  const ending = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase();
  if (ending === 'npy' || ending === 'npz') {
    const loaded = loadArrays(rt, path, site);
    if (!(loaded instanceof NpzFile)) return loaded;
    // By the last part of the name; an archive of one array needs no name.
    const wanted = String(nameOf(parseNamePath(name)?.at(-1) ?? name));
    const [only, ...more] = loaded.members.keys();
    const key = loaded.members.has(wanted) ? wanted : more.length === 0 ? only : undefined;
    if (key !== undefined) return loaded.getItem(rt, key, site);
    return rt.unknown('file', `\`${path}\` holds ${[...loaded.members.keys()].join(', ')}, and no ${wanted}`, site);
  }
  if (ending === 'json') {
    const text = readText(rt, path, site);
    return text instanceof PyUnknown ? text : asArray(parseJson(text));
  }
  if (ending === 'csv' || ending === 'txt' || ending === 'dat' || ending === 'tsv') {
    const text = readText(rt, path, site);
    if (text instanceof PyUnknown) return text;
    const first = text.split('\n').find((line) => line.trim() !== '' && !line.startsWith('#')) ?? '';
    const delimiter = first.includes(',') ? { delimiter: ',' } : {};
    // A line of names above the numbers.
    const skipRows = /^[^\d.+-]*[\p{L}_]/u.test(first) && !/^\s*[-+]?(?:nan|inf)/i.test(first) ? 1 : 0;
    return loadTable(rt, path, { comments: '#', ...delimiter, skipRows }, 'float64', site);
  }
  return rt.unknown('file', `\`${path}\` is no .npy, .npz, .csv, .txt or .json file`, site);
}
