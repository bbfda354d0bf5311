/** How arrays are printed, and the options for it, which belong to the run. */
import { arrayRepr, arrayText, DEFAULT_PRINT_OPTIONS, type NdArray, type PrintOptions } from '../../../tensor';
import { define, keyword, optional, type Parameter, text, unfollowed, value } from '../binding';
import { raised } from '../exceptions';
import { builtinClass } from '../library';
import type { Runtime } from '../runtime';
import type { PyUnknown } from '../values/object';
import { PyBuiltin, type PyClass, PyDict, PyObject, type PyValue } from '../values/object';
import * as take from './parameters';
import type { PyArray } from './array';

interface State {
  readonly options: PrintOptions;
  /** An option was set that is not followed: how arrays print is not known. */
  readonly unknown?: PyUnknown;
}

const KEY = 'numpy.printoptions';
const DEFAULT: State = { options: DEFAULT_PRINT_OPTIONS };

const stateOf = (rt: Runtime): State => (rt.state.get(KEY) as State | undefined) ?? DEFAULT;

/** `repr` or `str` of an array, by the options of the run. */
/** Arrays beyond the threshold are shortened. */
function payForText(rt: Runtime, nd: NdArray, { threshold }: PrintOptions): void {
  if (nd.size <= threshold) rt.tick(2 * nd.size);
}

export function printed(rt: Runtime, nd: NdArray, how: 'repr' | 'str'): string | PyUnknown {
  const { options, unknown } = stateOf(rt);
  if (unknown) return rt.spread(unknown) as PyUnknown;
  payForText(rt, nd, options);
  return how === 'repr' ? arrayRepr(nd, options) : arrayText(nd, options);
}

const FLOAT_MODES = ['maxprec', 'maxprec_equal', 'fixed', 'unique'] as const;

const OPTIONS = {
  precision: optional(take.integer),
  threshold: optional(take.real),
  edgeitems: optional(take.integer),
  linewidth: optional(take.integer),
  suppress: optional(take.flag),
  nanstr: optional(value),
  infstr: optional(value),
  formatter: optional(value),
  sign: keyword(optional(value)),
  floatmode: keyword(optional(text)),
  legacy: keyword(optional(value)),
} satisfies Record<string, Parameter<unknown>>;

type Given = { readonly [K in keyof typeof OPTIONS]: (typeof OPTIONS)[K] extends Parameter<infer T> ? T : never };

/** The options of NumPy with what was given changed. */
function changed(rt: Runtime, site: number, before: State, given: Given): State {
  const { precision, threshold, edgeitems, linewidth, suppress, floatmode } = given;
  const harmless = { nanstr: 'nan', infstr: 'inf', sign: '-', formatter: null, legacy: false } as const;
  const strange = (Object.keys(harmless) as (keyof typeof harmless)[]).find(
    (key) => given[key] !== undefined && given[key] !== harmless[key],
  );
  if (threshold !== undefined && Number.isNaN(threshold))
    throw raised('ValueError', 'threshold must be non-NAN, try sys.maxsize for untruncated representation');
  const mode = FLOAT_MODES.find((m) => m === floatmode);
  if (floatmode !== undefined && mode === undefined)
    throw raised('ValueError', `floatmode option must be one of ${FLOAT_MODES.map((m) => `"${m}"`).join(', ')}`);
  const options: PrintOptions = {
    precision: precision ?? before.options.precision,
    threshold: threshold ?? before.options.threshold,
    edgeItems: edgeitems ?? before.options.edgeItems,
    lineWidth: linewidth ?? before.options.lineWidth,
    suppress: suppress ?? before.options.suppress,
    floatMode: mode ?? before.options.floatMode,
  };
  if (strange === undefined) return before.unknown ? { options, unknown: before.unknown } : { options };
  return {
    options,
    unknown: rt.unknown('unsupported', `the print option \`${strange}\` is not supported`, site),
  };
}

const CONTEXT = builtinClass('printoptions', []);

/** A `with` block that sets something and puts it back. */
export class Scoped extends PyObject {
  constructor(
    private readonly type: PyClass,
    private readonly enter: () => void,
    private readonly leave: () => void,
  ) {
    super();
  }
  get cls(): PyClass {
    return this.type;
  }
  override getAttr(_rt: Runtime, name: string): PyValue | undefined {
    if (name !== '__enter__' && name !== '__exit__') return undefined;
    return new PyBuiltin(name, () => {
      if (name === '__enter__') this.enter();
      else this.leave();
      return name === '__enter__' ? this : null;
    });
  }
}

const ERRSTATE = builtinClass('errstate', []);
const errors = {
  all: optional(value),
  divide: optional(value),
  over: optional(value),
  under: optional(value),
  invalid: optional(value),
};

/** What floating-point errors do besides giving inf and NaN: a warning changes nothing, `raise` does. */
function strict(given: Readonly<Record<string, unknown>>): boolean {
  return Object.values(given).some((v) => v === 'raise' || v === 'call');
}

const written = (name: string, how: 'repr' | 'str') =>
  define(
    name,
    {
      a: take.arrayValue,
      max_line_width: optional(take.integer),
      precision: optional(take.integer),
      suppress_small: optional(take.flag),
    },
    ({ rt, site }, { a, max_line_width, precision, suppress_small }) =>
      withOptions(rt, site, a, how, { linewidth: max_line_width, precision, suppress: suppress_small }),
  );

function withOptions(rt: Runtime, site: number, a: PyArray, how: 'repr' | 'str', given: Partial<Given>): PyValue {
  const state = changed(rt, site, stateOf(rt), given as Given);
  if (state.unknown) return state.unknown;
  payForText(rt, a.nd, state.options);
  return how === 'repr' ? arrayRepr(a.nd, state.options) : arrayText(a.nd, state.options);
}

export const printing: Readonly<Record<string, PyBuiltin>> = {
  set_printoptions: define('set_printoptions', OPTIONS, ({ rt, site }, given) => {
    rt.state.set(KEY, changed(rt, site, stateOf(rt), given));
    return null;
  }),
  printoptions: define('printoptions', OPTIONS, ({ rt, site }, given) => {
    let before = DEFAULT;
    return new Scoped(
      CONTEXT,
      () => {
        before = stateOf(rt);
        rt.state.set(KEY, changed(rt, site, before, given));
      },
      () => rt.state.set(KEY, before),
    );
  }),
  get_printoptions: define('get_printoptions', {}, ({ rt }) => {
    const { options } = stateOf(rt);
    const dict = new PyDict();
    dict.set('edgeitems', options.edgeItems);
    dict.set('threshold', options.threshold);
    dict.set('floatmode', options.floatMode);
    dict.set('precision', options.precision);
    dict.set('suppress', options.suppress);
    dict.set('linewidth', options.lineWidth);
    dict.set('nanstr', 'nan');
    dict.set('infstr', 'inf');
    dict.set('sign', '-');
    dict.set('formatter', null);
    dict.set('legacy', false);
    return dict;
  }),
  array_repr: written('array_repr', 'repr'),
  array_str: written('array_str', 'str'),
  array2string: define(
    'array2string',
    {
      a: take.arrayValue,
      max_line_width: optional(take.integer),
      precision: optional(take.integer),
      suppress_small: optional(take.flag),
      separator: unfollowed(' '),
      prefix: unfollowed(''),
      style: unfollowed(),
      formatter: unfollowed(),
      threshold: optional(take.real),
      edgeitems: optional(take.integer),
      sign: unfollowed('-'),
      floatmode: optional(text),
      suffix: unfollowed(''),
    },
    ({ rt, site }, { a, max_line_width, precision, suppress_small, threshold, edgeitems, floatmode }) =>
      withOptions(rt, site, a, 'str', {
        linewidth: max_line_width,
        precision,
        suppress: suppress_small,
        threshold,
        edgeitems,
        floatmode,
      }),
  ),
  seterr: define('seterr', errors, ({ rt, site }, given) =>
    strict(given)
      ? rt.unknown('unsupported', 'floating-point errors that raise are not supported', site)
      : new PyDict(),
  ),
  errstate: define('errstate', { ...errors, call: unfollowed() }, ({ rt, site }, given) =>
    strict(given)
      ? rt.unknown('unsupported', 'floating-point errors that raise are not supported', site)
      : new Scoped(
          ERRSTATE,
          () => undefined,
          () => undefined,
        ),
  ),
};
