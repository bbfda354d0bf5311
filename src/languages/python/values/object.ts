/**
 * The values that Python code computes with. Immutable ones are JavaScript's own where that is exact:
 * `None` is null, a bool a boolean, a str a string, an int a safe integer or a bigint; everything else is
 * a {@link PyObject}.
 */
import type { Ref } from '../../../autodiff/tape';
import type { Site, Unknown } from '../../../model';
import type { Comparison, Operator } from '../ast';
import type { FunctionCode } from '../compile/code';
import type { Cell, ModuleScope } from '../frame';
import type { Runtime } from '../runtime';
import { stableHash } from './hashing';
import { SetItems } from './setItems';

export type PyValue = null | boolean | number | bigint | string | PyObject;
/** An exact integer: a number where that is safe, else a bigint. */
export type PyInt = number | bigint;
export type Kwargs = ReadonlyMap<string, PyValue> | undefined;
export type UnaryOperator = '+' | '-' | '~';

/**
 * What every object may answer by itself. `undefined` means that it does not support the operation
 * (Python's `NotImplemented`); the caller then asks the other operand or raises.
 */
export abstract class PyObject {
  // `declare`: a field that most objects lack takes no room in them.
  /** Of instances of user classes, and of what else can hold attributes. */
  declare attrs?: Map<string, PyValue>;
  abstract get cls(): PyClass;

  binary?(rt: Runtime, op: Operator, other: PyValue, reflected: boolean, site: Site): PyValue | undefined;
  /** In-place `op=`; falls back to {@link binary}. */
  inplace?(rt: Runtime, op: Operator, other: PyValue, site: Site): PyValue | undefined;
  unary?(rt: Runtime, op: UnaryOperator, site: Site): PyValue | undefined;
  compare?(rt: Runtime, op: Comparison, other: PyValue, reflected: boolean, site: Site): PyValue | undefined;
  getItem?(rt: Runtime, index: PyValue, site: Site): PyValue;
  setItem?(rt: Runtime, index: PyValue, value: PyValue, site: Site): void;
  deleteItem?(rt: Runtime, index: PyValue, site: Site): void;
  /** An attribute that the object itself provides; `undefined` lets its class answer. */
  getAttr?(rt: Runtime, name: string, site: Site): PyValue | undefined;
  /** True where the object took the assignment. */
  setAttr?(rt: Runtime, name: string, value: PyValue): boolean;
  call?(rt: Runtime, args: readonly PyValue[], kwargs: Kwargs, site: Site): PyValue;
  iterate?(rt: Runtime): Iterator<PyValue>;
  length?(rt: Runtime): number | PyValue;
  truth?(rt: Runtime, site: Site): boolean | PyUnknown;
  contains?(rt: Runtime, item: PyValue, site: Site): boolean | PyUnknown;
  repr?(rt: Runtime): string | PyUnknown;
  /** The number that it stands for where one is formatted: an array without axes, or with `any` one of one element. */
  number?(any?: boolean): PlainNumber | boolean | undefined;
  /** What it hashes as, where that is not its identity. */
  hash?(): number | undefined;
  /** What it gives where it is found as that attribute of an instance's class (a descriptor). */
  describe?(rt: Runtime, self: PyValue, name: string, site: Site): PyValue;
  /** Found on a class it takes the instance as first argument, as a function does. */
  readonly isMethod?: boolean;
  /** The row of its present content, where an input reaches it. */
  tracedRow?(rt: Runtime): Ref | undefined;
}

/** A class: the built-in types and the classes of the document. */
export class PyClass extends PyObject {
  readonly mro: readonly PyClass[];
  override readonly attrs: Map<string, PyValue>;
  /** Makes an instance of a built-in type, or of a class derived from one. */
  construct?: (rt: Runtime, cls: PyClass, args: readonly PyValue[], kwargs: Kwargs, site: Site) => PyValue;
  /** What a class statement with this base makes, where that is no ordinary class (`typing.NamedTuple`). */
  makeSubclass?: (name: string, names: ReadonlyMap<string, PyValue>) => PyClass;
  /** Class of this class, where it has a metaclass of its own. */
  metaclass?: PyClass;
  /** Lets a library module recognise what its classes stand for. */
  readonly userDefined: boolean;

  constructor(
    readonly name: string,
    readonly bases: readonly PyClass[],
    attrs: Map<string, PyValue> = new Map(),
    userDefined = false,
  ) {
    super();
    this.attrs = attrs;
    this.userDefined = userDefined;
    this.mro = linearize(this, bases);
    for (const c of this.mro) {
      if (c !== this && c.construct) {
        this.construct = c.construct;
        break;
      }
    }
  }

  get cls(): PyClass {
    return this.metaclass ?? TYPE;
  }

  /** Attribute of the class or its bases, as it is stored. */
  lookup(name: string): PyValue | undefined {
    for (const c of this.mro) {
      const value = c.attrs.get(name);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  isSubclassOf(other: PyClass): boolean {
    return this.mro.includes(other);
  }
}

/** Method resolution order (C3). Throws where the bases contradict each other. */
function linearize(cls: PyClass, bases: readonly PyClass[]): PyClass[] {
  const lists = [...bases.map((b) => [...b.mro]), [...bases]];
  const out: PyClass[] = [cls];
  for (;;) {
    const open = lists.filter((l) => l.length > 0);
    if (open.length === 0) return out;
    const head = open.map((l) => l[0] as PyClass).find((c) => !open.some((l) => l.indexOf(c) > 0));
    if (!head) throw new Error('the bases of this class contradict each other');
    out.push(head);
    for (const l of lists) if (l[0] === head) l.shift();
  }
}

export const OBJECT = new PyClass('object', []);
export const TYPE = new PyClass('type', [OBJECT]);

function builtin(name: string, base: PyClass = OBJECT): PyClass {
  return new PyClass(name, [base]);
}

export const NONE_TYPE = builtin('NoneType');
export const INT = builtin('int');
export const BOOL = builtin('bool', INT);
export const FLOAT = builtin('float');
export const COMPLEX = builtin('complex');
export const STR = builtin('str');
export const BYTES = builtin('bytes');
export const TUPLE = builtin('tuple');
export const LIST = builtin('list');
export const DICT = builtin('dict');
export const SET = builtin('set');
export const FROZENSET = builtin('frozenset');
export const RANGE = builtin('range');
export const SLICE = builtin('slice');
export const FUNCTION = builtin('function');
export const BUILTIN_FUNCTION = builtin('builtin_function_or_method');
export const METHOD = builtin('method');
export const MODULE = builtin('module');
export const ITERATOR = builtin('iterator');
export const GENERATOR = builtin('generator');
export const ZIP = builtin('zip', ITERATOR);
export const MAP = builtin('map', ITERATOR);
export const FILTER = builtin('filter', ITERATOR);
export const ENUMERATE = builtin('enumerate', ITERATOR);
export const REVERSED = builtin('reversed', ITERATOR);
export const LIST_REVERSED = builtin('list_reverseiterator', ITERATOR);
export const PROPERTY = builtin('property');
export const STATICMETHOD = builtin('staticmethod');
export const CLASSMETHOD = builtin('classmethod');
export const SUPER = builtin('super');
export const ELLIPSIS_TYPE = builtin('ellipsis');
export const NOT_IMPLEMENTED_TYPE = builtin('NotImplementedType');
/** Of values that are not known; no Python code ever sees it. */
export const UNKNOWN_TYPE = builtin('unknown');

class Singleton extends PyObject {
  constructor(
    readonly text: string,
    private readonly type: PyClass,
  ) {
    super();
  }
  get cls(): PyClass {
    return this.type;
  }
}
export const ELLIPSIS = new Singleton('Ellipsis', ELLIPSIS_TYPE);
export const NOT_IMPLEMENTED = new Singleton('NotImplemented', NOT_IMPLEMENTED_TYPE);

/** Precision and library of a floating-point scalar. */
export const enum FloatKind {
  /** Python's own float. */
  Python = 0,
  Float64 = 1,
  Float32 = 2,
  Float16 = 3,
}

/** A float; with a kind other than Python's, a NumPy scalar, which divides by zero without raising. */
export class PyFloat extends PyObject {
  constructor(
    readonly v: number,
    readonly kind: FloatKind = FloatKind.Python,
  ) {
    super();
  }
  get cls(): PyClass {
    return FLOAT_CLASSES[this.kind];
  }
}

/** NumPy's floats have classes of their own; only float64 is a float of Python too. */
export const FLOAT64 = builtin('numpy.float64', FLOAT);
export const FLOAT32 = builtin('numpy.float32');
const FLOAT_CLASSES: Readonly<Record<FloatKind, PyClass>> = [FLOAT, FLOAT64, FLOAT32, FLOAT];

/** A number without a row of the tape. */
export type PlainNumber = PyInt | PyFloat;

/** A number that an input of the recorded window reaches: its value and the row that holds it. */
export class Traced extends PyObject {
  constructor(
    readonly plain: PlainNumber,
    readonly row: Ref,
  ) {
    super();
  }
  get cls(): PyClass {
    return this.plain instanceof PyFloat ? this.plain.cls : INT;
  }
}

/** A value that could not be evaluated, with its reason. */
export class PyUnknown extends PyObject {
  constructor(readonly unknown: Unknown) {
    super();
  }
  get cls(): PyClass {
    return UNKNOWN_TYPE;
  }
}

/** A function of a library that is not supported, but known to change none of its arguments. */
export class PyUnsupported extends PyUnknown {}

export class PyBytes extends PyObject {
  /** One character (0 … 255) a byte. */
  constructor(readonly text: string) {
    super();
  }
  get cls(): PyClass {
    return BYTES;
  }
}

/** Containers of a built-in type may belong to a class derived from it. */
abstract class Container extends PyObject {
  declare private derived?: PyClass;
  /** Set where an unknown condition or callee may have changed the content: every look at it is unknown. */
  declare unknown?: PyUnknown;
  protected abstract readonly base: PyClass;
  get cls(): PyClass {
    return this.derived ?? this.base;
  }
  /** Makes this an instance of a derived class, which can hold attributes. */
  derive(cls: PyClass): this {
    if (cls !== this.base) {
      this.derived = cls;
      this.attrs = new Map();
    }
    return this;
  }
}

export class PyTuple extends Container {
  constructor(readonly items: readonly PyValue[]) {
    super();
  }
  protected get base(): PyClass {
    return TUPLE;
  }
  /** One of the same class with other items. */
  withItems(items: readonly PyValue[]): PyTuple {
    return new PyTuple(items).derive(this.cls);
  }
}

export class PyList extends Container {
  constructor(public items: PyValue[]) {
    super();
  }
  protected get base(): PyClass {
    return LIST;
  }
}

/** What a key is found by in a JavaScript map: equal keys in Python give equal hash keys. */
export type HashKey = null | number | bigint | string | PyObject;

export class PyDict extends Container {
  readonly entries = new Map<HashKey, { readonly key: PyValue; value: PyValue }>();
  /** Makes the value of a missing key (`collections.defaultdict`). */
  factory?: PyValue;
  protected get base(): PyClass {
    return DICT;
  }
  /** For keys that are plain strings. */
  get(key: string): PyValue | undefined {
    return this.entries.get(key)?.value;
  }
  set(key: string, value: PyValue): void {
    const entry = this.entries.get(key);
    if (entry) entry.value = value;
    else this.entries.set(key, { key, value });
  }
}

export class PySet extends Container {
  items = new SetItems(stableHash);
  constructor(readonly frozen = false) {
    super();
  }
  protected get base(): PyClass {
    return this.frozen ? FROZENSET : SET;
  }
}

export class PyRange extends PyObject {
  readonly length_: number;
  constructor(
    readonly start: number,
    readonly stop: number,
    readonly step: number,
  ) {
    super();
    this.length_ = Math.max(0, Math.ceil((stop - start) / step));
  }
  get cls(): PyClass {
    return RANGE;
  }
}

export class PySlice extends PyObject {
  constructor(
    readonly start: PyValue,
    readonly stop: PyValue,
    readonly step: PyValue,
  ) {
    super();
  }
  get cls(): PyClass {
    return SLICE;
  }
}

/** An instance of a class of the document, exceptions included. */
export class PyInstance extends PyObject {
  override readonly attrs = new Map<string, PyValue>();
  /** Set where an unknown condition or callee may have added attributes. */
  unknown?: PyUnknown;
  constructor(public klass: PyClass) {
    super();
  }
  get cls(): PyClass {
    return this.klass;
  }
}

/** A function of the document. */
export class PyFunction extends PyObject {
  /** The class whose body defined it, for `super()`. */
  homeClass?: PyClass;
  constructor(
    readonly code: FunctionCode,
    readonly module: ModuleScope,
    readonly closure: readonly Cell[],
    /** Default values by parameter index. */
    readonly defaults: readonly (PyValue | undefined)[],
  ) {
    super();
  }
  get cls(): PyClass {
    return FUNCTION;
  }
}

export type BuiltinCall = (rt: Runtime, args: readonly PyValue[], kwargs: Kwargs, site: Site) => PyValue;

/** A function that a library or the language provides. */
export class PyBuiltin extends PyObject {
  /** Looked up on an instance it takes the instance as first argument. */
  binds = false;
  constructor(
    readonly name: string,
    readonly body: BuiltinCall,
  ) {
    super();
  }
  get cls(): PyClass {
    return BUILTIN_FUNCTION;
  }
  override call(rt: Runtime, args: readonly PyValue[], kwargs: Kwargs, site: Site): PyValue {
    return this.body(rt, args, kwargs, site);
  }
}

export class PyBoundMethod extends PyObject {
  constructor(
    readonly self: PyValue,
    readonly func: PyValue,
  ) {
    super();
  }
  get cls(): PyClass {
    return METHOD;
  }
}

export class PyModule extends PyObject {
  constructor(
    readonly name: string,
    override readonly attrs: Map<string, PyValue>,
    /** Of a library: an attribute that is missing is unsupported, not absent. */
    readonly library: boolean,
  ) {
    super();
  }
  get cls(): PyClass {
    return MODULE;
  }
  /** What `from module import *` sees, unless the module lists it. */
  names(): Iterable<string> {
    return this.attrs.keys();
  }
}

export class PyProperty extends PyObject {
  constructor(
    readonly getter: PyValue,
    readonly setter?: PyValue,
    readonly deleter?: PyValue,
    readonly doc?: PyValue,
  ) {
    super();
  }
  get cls(): PyClass {
    return PROPERTY;
  }
}

/** `staticmethod` and `classmethod`. */
export class PyMethodWrapper extends PyObject {
  constructor(
    readonly kind: 'static' | 'class',
    readonly func: PyValue,
  ) {
    super();
  }
  get cls(): PyClass {
    return this.kind === 'static' ? STATICMETHOD : CLASSMETHOD;
  }
}

export class PySuper extends PyObject {
  constructor(
    readonly start: PyClass,
    readonly self: PyValue,
    /** Class whose resolution order is followed. */
    readonly type: PyClass,
  ) {
    super();
  }
  get cls(): PyClass {
    return SUPER;
  }
}

/** Any iterator but a generator. */
export class PyIterator extends PyObject {
  constructor(
    readonly source: Iterator<PyValue>,
    private readonly type: PyClass = ITERATOR,
  ) {
    super();
  }
  get cls(): PyClass {
    return this.type;
  }
  override iterate(): Iterator<PyValue> {
    return this.source;
  }
}

/** A running function with `yield`. */
export class PyGenerator extends PyObject {
  started = false;
  finished = false;
  running = false;
  constructor(
    readonly body: Generator<PyValue, PyValue, PyValue>,
    readonly name: string,
  ) {
    super();
  }
  get cls(): PyClass {
    return GENERATOR;
  }
}

export function typeOf(value: PyValue): PyClass {
  switch (typeof value) {
    case 'number':
    case 'bigint':
      return INT;
    case 'boolean':
      return BOOL;
    case 'string':
      return STR;
    default:
      return value === null ? NONE_TYPE : value.cls;
  }
}
