/** `numpy.load`, `loadtxt`, `genfromtxt`; what `save` and its like write goes nowhere. */
import type { Site } from '../../../model';
import { type DType, fromNested, type NdArray, reshape, transpose } from '../../../tensor';
import { raised } from '../exceptions';
import { fn } from '../library';
import { PyArray } from '../numpy/array';
import { wantedDType } from '../numpy/dtypes';
import type { Runtime } from '../runtime';
import { toArray as itemsOf } from '../iteration';
import {
  type Kwargs,
  PyBuiltin,
  PyClass,
  PyFloat,
  PyList,
  PyObject,
  PyTuple,
  PyUnknown,
  type PyValue,
} from '../values/object';
import { MAX_DATA_BYTES, readBytes, readText } from './access';
import { FileFault } from './fault';
import { readNpy, readNpz } from './npy';
import { readTable, type TableOptions } from './tables';
import { PyTextFile } from './textFile';
import { readFrom, sameNumbers } from '../values/provenance';

const ARCHIVE = new PyClass('numpy.lib.npyio.NpzFile', []);

/** What `np.load` gives of an `.npz` file: arrays by name, each read when it is asked for. */
export class NpzFile extends PyObject {
  constructor(
    readonly path: string,
    readonly members: ReadonlyMap<string, () => NdArray>,
  ) {
    super();
  }
  get cls(): PyClass {
    return ARCHIVE;
  }
  override getItem(rt: Runtime, index: PyValue, site: Site): PyValue {
    const member = typeof index === 'string' ? this.members.get(index.replace(/\.npy$/, '')) : undefined;
    if (!member) throw raised('KeyError', `${String(index)} is not a file in the archive`);
    return guarded(rt, this.path, site, () => readFrom(this.path, new PyArray(member())));
  }
  override getAttr(_rt: Runtime, name: string): PyValue | undefined {
    switch (name) {
      case 'files':
        return new PyList([...this.members.keys()]);
      case 'keys':
        return new PyBuiltin('keys', () => new PyList([...this.members.keys()]));
      case 'items':
        return new PyBuiltin(
          'items',
          (rt, _a, _k, site) =>
            new PyList([...this.members.keys()].map((key) => new PyTuple([key, this.getItem(rt, key, site)]))),
        );
      case 'close':
        return new PyBuiltin('close', () => null);
      case '__enter__':
        return new PyBuiltin('__enter__', () => this);
      case '__exit__':
        return new PyBuiltin('__exit__', () => null);
      default:
        return undefined;
    }
  }
  override *iterate(): Generator<PyValue, undefined> {
    yield* this.members.keys();
    return undefined;
  }
  override contains(_rt: Runtime, item: PyValue): boolean {
    return typeof item === 'string' && this.members.has(item);
  }
  override length(): number {
    return this.members.size;
  }
}

function guarded<T extends PyValue>(rt: Runtime, path: string, site: Site, read: () => T): T | PyUnknown {
  try {
    return read();
  } catch (error) {
    if (error instanceof FileFault) return rt.unknown('file', `\`${path}\` cannot be read: ${error.message}`, site);
    // Offsets that point outside a damaged file.
    if (error instanceof RangeError) return rt.unknown('file', `\`${path}\` cannot be read: it is damaged`, site);
    throw error;
  }
}

/** An `.npy` or `.npz` file of the workspace. */
export function loadArrays(rt: Runtime, path: string, site: Site): PyValue {
  const bytes = readBytes(rt, path, site);
  if (bytes instanceof PyUnknown) return bytes;
  return guarded<PyValue>(rt, path, site, () =>
    bytes[0] === 0x50 && bytes[1] === 0x4b
      ? new NpzFile(path, readNpz(bytes, MAX_DATA_BYTES))
      : readFrom(path, new PyArray(readNpy(bytes))),
  );
}

/** A table of numbers in a text file, with NumPy's dropping of axes of length one. */
export function loadTable(rt: Runtime, path: string, options: TableOptions, dtype: DType, site: Site): PyValue {
  const text = readText(rt, path, site);
  return text instanceof PyUnknown ? text : tableOf(rt, path, text, options, dtype, site);
}

function tableOf(rt: Runtime, path: string, text: string, options: TableOptions, dtype: DType, site: Site): PyValue {
  return guarded<PyValue>(rt, path, site, () => {
    const rows = readTable(text, options);
    rt.tick(rows.length * (rows[0]?.length ?? 0));
    const nd = rows.length === 0 ? fromNested([], dtype) : fromNested(rows, dtype);
    const table = new PyArray(
      nd.ndim === 2
        ? reshape(
            nd,
            nd.shape.filter((n) => n !== 1),
          )
        : nd,
    );
    return readFrom(path, table);
  });
}

const textOptions = (names: string) =>
  `${names}(fname, dtype=, comments=, delimiter=, converters=, ` +
  (names === 'loadtxt'
    ? 'skiprows=, usecols=, unpack=, ndmin=, encoding=, max_rows=, *, quotechar=, like=)'
    : 'skip_header=, skip_footer=, missing_values=, filling_values=, usecols=, names=, unpack=, max_rows=, encoding=, invalid_raise=)');

const plain = (value: PyValue | undefined): boolean => value === undefined || value === null || value === false;

function columnsOf(rt: Runtime, value: PyValue | undefined, site: Site): readonly number[] | undefined | PyUnknown {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number') return [value];
  const items = itemsOf(rt, value, site);
  if (items instanceof PyUnknown) return items;
  return items.every((x): x is number => typeof x === 'number')
    ? items
    : rt.unknown('unsupported', 'these columns are not supported', site);
}

function textTable(
  rt: Runtime,
  site: Site,
  name: string,
  source: PyValue,
  given: { readonly [key: string]: PyValue | undefined },
): PyValue {
  const { dtype, comments, delimiter, skip, footer, unpack, rows, filling, missing } = given;
  const columns = columnsOf(rt, given['columns'], site);
  if (columns instanceof PyUnknown) return columns;
  const wanted = plain(dtype) ? 'float64' : wantedDType(rt, dtype as PyValue, site);
  if (wanted instanceof PyUnknown || wanted === undefined) {
    return rt.unknown('unsupported', `\`numpy.${name}\` of columns with different types is not supported`, site);
  }
  const options: TableOptions = {
    comments: comments === undefined ? '#' : typeof comments === 'string' ? comments : null,
    ...(typeof delimiter === 'string' ? { delimiter } : {}),
    skipRows: typeof skip === 'number' ? skip : 0,
    ...(typeof footer === 'number' ? { skipFooter: footer } : {}),
    ...(columns ? { columns } : {}),
    ...(typeof rows === 'number' ? { maxRows: rows } : {}),
    ...(missing === true
      ? { missing: filling instanceof PyFloat ? filling.v : typeof filling === 'number' ? filling : NaN }
      : {}),
  };
  const table =
    typeof source === 'string'
      ? loadTable(rt, source, options, wanted, site)
      : source instanceof PyTextFile
        ? tableOf(rt, source.name, String(source.read(undefined)), options, wanted, site)
        : rt.unknown('unsupported', `\`numpy.${name}\` of this is not supported`, site);
  if (!(table instanceof PyArray) || unpack !== true) return table;
  return sameNumbers(new PyArray(transpose(table.nd)), table);
}

/** Writers: their files are nobody's input here. */
const written = (name: string) => new PyBuiltin(name, (_rt, _args: readonly PyValue[], _kwargs: Kwargs) => null);

export const numpyFiles: Readonly<Record<string, PyValue>> = {
  load: fn<[PyValue]>('load(file, mmap_mode=, allow_pickle=, fix_imports=, encoding=)', (rt, site, [path]) =>
    typeof path === 'string' ? loadArrays(rt, path, site) : rt.unknown('file', '`numpy.load` reads files', site),
  ),
  loadtxt: fn<(PyValue | undefined)[]>(textOptions('loadtxt'), (rt, site, args) => {
    const [source, dtype, comments, delimiter, converters, skip, columns, unpack, ndmin, , rows, quote] = args;
    if (!plain(converters) || !plain(quote) || (ndmin !== undefined && ndmin !== 0)) {
      return rt.unknown('unsupported', 'this option of `numpy.loadtxt` is not supported', site);
    }
    return textTable(rt, site, 'loadtxt', source as PyValue, {
      dtype,
      comments,
      delimiter,
      skip,
      columns,
      unpack,
      rows,
    });
  }),
  genfromtxt: fn<(PyValue | undefined)[]>(textOptions('genfromtxt'), (rt, site, args) => {
    const [
      source,
      dtype,
      comments,
      delimiter,
      converters,
      skip,
      footer,
      missing,
      filling,
      columns,
      names,
      unpack,
      rows,
    ] = args;
    if (!plain(converters) || !plain(names) || !plain(missing)) {
      return rt.unknown('unsupported', 'this option of `numpy.genfromtxt` is not supported', site);
    }
    const given = { dtype, comments, delimiter, skip, footer, columns, unpack, rows, filling, missing: true };
    return textTable(rt, site, 'genfromtxt', source as PyValue, given);
  }),
  ...Object.fromEntries(['save', 'savez', 'savez_compressed', 'savetxt'].map((n) => [n, written(n)])),
};
