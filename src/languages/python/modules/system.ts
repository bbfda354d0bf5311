/** `time`, `sys`, `os`, `os.path`, `warnings`: as far as numeric files need them. */
import { raised } from '../exceptions';
import { library, raw, unsupported } from '../library';
import { PyBuiltin, PyFloat, PyList, PyModule, PyTuple, PyUnknown, type PyValue } from '../values/object';

/** Clocks are not part of the mathematics: their values are unknown. */
const clock = (name: string): PyBuiltin =>
  new PyBuiltin(name, (rt, _args, _kwargs, site) => rt.unknown('clock', `\`time.${name}\` tells the time`, site));
/** Does nothing that a value could depend on. */
const inert = (name: string): PyBuiltin => new PyBuiltin(name, () => null);

export const time = library('time', {
  ...Object.fromEntries(
    [
      'time',
      'perf_counter',
      'process_time',
      'monotonic',
      'time_ns',
      'perf_counter_ns',
      'strftime',
      'localtime',
      'ctime',
    ].map((n) => [n, clock(n)]),
  ),
  sleep: inert('sleep'),
});

const joined = (parts: readonly PyValue[]): string =>
  parts.map(String).reduce((a, b) => (b.startsWith('/') ? b : a === '' || a.endsWith('/') ? a + b : `${a}/${b}`), '');

export const osPath = library('os.path', {
  join: raw<[readonly PyValue[]]>('join(*paths)', (rt, _site, [paths]) => {
    const unknown = paths.find((p) => p instanceof PyUnknown);
    return unknown ? rt.spread(unknown as PyUnknown) : joined(paths);
  }),
  dirname: raw<[PyValue]>('dirname(p)', (_rt, _s, [p]) => (typeof p === 'string' ? p.replace(/\/?[^/]*$/, '') : p)),
  basename: raw<[PyValue]>('basename(p)', (_rt, _s, [p]) => (typeof p === 'string' ? p.replace(/^.*\//, '') : p)),
  abspath: raw<[PyValue]>('abspath(p)', (_rt, _s, [p]) => p),
  realpath: raw<[PyValue]>('realpath(p)', (_rt, _s, [p]) => p),
  expanduser: raw<[PyValue]>('expanduser(p)', (_rt, _s, [p]) => p),
  splitext: raw<[PyValue]>('splitext(p)', (_rt, _s, [p]) => {
    const match = typeof p === 'string' ? /^(.*[^/.])(\.[^./]*)$/.exec(p) : null;
    return new PyTuple(match ? [match[1] as string, match[2] as string] : [p, '']);
  }),
  ...Object.fromEntries(
    ['exists', 'isfile', 'isdir', 'getsize'].map((n) => [n, unsupported(`os.path.${n}`, 'looks at files')]),
  ),
  sep: '/',
  pardir: '..',
});

export const os = library('os', {
  sep: '/',
  linesep: '\n',
  pardir: '..',
  curdir: '.',
  getcwd: raw<[]>('getcwd()', () => '.'),
  makedirs: inert('makedirs'),
  mkdir: inert('mkdir'),
  ...Object.fromEntries(
    ['listdir', 'environ', 'getenv', 'walk', 'remove', 'system', 'stat'].map((n) => [
      n,
      unsupported(`os.${n}`, 'asks the system'),
    ]),
  ),
});

export const sys = library('sys', {
  path: new PyList([]),
  argv: new PyList(['']),
  maxsize: 9_223_372_036_854_775_807n,
  version: '3.11.0',
  version_info: new PyTuple([3, 11, 0, 'final', 0]),
  platform: 'linux',
  byteorder: 'little',
  float_info: new PyModule(
    'sys.float_info',
    new Map<string, PyValue>([
      ['max', new PyFloat(Number.MAX_VALUE)],
      ['min', new PyFloat(2 ** -1022)],
      ['epsilon', new PyFloat(Number.EPSILON)],
      ['dig', 15],
      ['mant_dig', 53],
      ['max_exp', 1024],
      ['min_exp', -1021],
      ['radix', 2],
    ]),
    true,
  ),
  exit: raw<[PyValue?]>('exit(code=)', (_rt, _site, [code]) => {
    throw raised('SystemExit', ...(code === undefined ? [] : [code]));
  }),
  setrecursionlimit: inert('setrecursionlimit'),
  getrecursionlimit: raw<[]>('getrecursionlimit()', () => 1000),
  getsizeof: unsupported('sys.getsizeof'),
});

export const warnings = library('warnings', {
  warn: inert('warn'),
  filterwarnings: inert('filterwarnings'),
  simplefilter: inert('simplefilter'),
});
