/** The built-in exception classes, and raising them. */
import { PyRaise } from './errors';
import { OBJECT, PyBuiltin, PyClass, PyInstance, PyList, PyTuple, type PyValue } from './values/object';

const construct: NonNullable<PyClass['construct']> = (_rt, cls, args) => {
  const e = new PyInstance(cls);
  setArguments(e, args);
  return e;
};

/** What the argument of an exception is called beside `args`. */
const FIELDS: ReadonlyMap<string, string> = new Map([
  ['SystemExit', 'code'],
  ['StopIteration', 'value'],
]);

function setArguments(e: PyInstance, args: readonly PyValue[]): void {
  e.attrs.set('args', new PyTuple([...args]));
  for (const cls of e.klass.mro) {
    const field = FIELDS.get(cls.name);
    if (field !== undefined) e.attrs.set(field, args.length > 1 ? new PyTuple([...args]) : (args[0] ?? null));
  }
}

export const BASE_EXCEPTION = new PyClass('BaseException', [OBJECT]);
BASE_EXCEPTION.construct = construct;
/** Methods of all exceptions, for `super().__init__(message)`. */
for (const [name, body] of [
  [
    '__init__',
    (self: PyInstance, args: readonly PyValue[]) => {
      setArguments(self, args);
      return null;
    },
  ],
  ['with_traceback', (self: PyInstance) => self],
  [
    'add_note',
    (self: PyInstance, [note]: readonly PyValue[]) => {
      const notes = self.attrs.get('__notes__');
      if (notes instanceof PyList) notes.items.push(note ?? null);
      else self.attrs.set('__notes__', new PyList([note ?? null]));
      return null;
    },
  ],
] as const) {
  const method = new PyBuiltin(name, (_rt, [self, ...args]) => body(self as PyInstance, args));
  method.binds = true;
  BASE_EXCEPTION.attrs.set(name, method);
}

for (const [name, value] of [
  ['__cause__', null],
  ['__context__', null],
  ['__suppress_context__', false],
] as const)
  BASE_EXCEPTION.attrs.set(name, value);

/** Name and base, in order; every class is found by its name in {@link EXCEPTIONS}. */
const HIERARCHY: readonly (readonly [string, string])[] = [
  ['SystemExit', 'BaseException'],
  ['KeyboardInterrupt', 'BaseException'],
  ['GeneratorExit', 'BaseException'],
  ['Exception', 'BaseException'],
  ['StopIteration', 'Exception'],
  ['StopAsyncIteration', 'Exception'],
  ['ArithmeticError', 'Exception'],
  ['FloatingPointError', 'ArithmeticError'],
  ['OverflowError', 'ArithmeticError'],
  ['ZeroDivisionError', 'ArithmeticError'],
  ['AssertionError', 'Exception'],
  ['AttributeError', 'Exception'],
  ['BufferError', 'Exception'],
  ['EOFError', 'Exception'],
  ['ImportError', 'Exception'],
  ['ModuleNotFoundError', 'ImportError'],
  ['LookupError', 'Exception'],
  ['IndexError', 'LookupError'],
  ['KeyError', 'LookupError'],
  ['MemoryError', 'Exception'],
  ['NameError', 'Exception'],
  ['UnboundLocalError', 'NameError'],
  ['OSError', 'Exception'],
  ['FileExistsError', 'OSError'],
  ['FileNotFoundError', 'OSError'],
  ['IsADirectoryError', 'OSError'],
  ['NotADirectoryError', 'OSError'],
  ['PermissionError', 'OSError'],
  ['ConnectionError', 'OSError'],
  ['TimeoutError', 'OSError'],
  ['ReferenceError', 'Exception'],
  ['RuntimeError', 'Exception'],
  ['NotImplementedError', 'RuntimeError'],
  ['RecursionError', 'RuntimeError'],
  ['SyntaxError', 'Exception'],
  ['IndentationError', 'SyntaxError'],
  ['SystemError', 'Exception'],
  ['TypeError', 'Exception'],
  ['ValueError', 'Exception'],
  ['UnicodeError', 'ValueError'],
  ['UnicodeDecodeError', 'UnicodeError'],
  ['UnicodeEncodeError', 'UnicodeError'],
  ['Warning', 'Exception'],
  ['DeprecationWarning', 'Warning'],
  ['FutureWarning', 'Warning'],
  ['RuntimeWarning', 'Warning'],
  ['UserWarning', 'Warning'],
];

export const EXCEPTIONS: ReadonlyMap<string, PyClass> = HIERARCHY.reduce(
  (known, [name, base]) => known.set(name, new PyClass(name, [known.get(base) as PyClass])),
  new Map([['BaseException', BASE_EXCEPTION]]),
);
(EXCEPTIONS as Map<string, PyClass>).set('IOError', EXCEPTIONS.get('OSError') as PyClass);
(EXCEPTIONS as Map<string, PyClass>).set('EnvironmentError', EXCEPTIONS.get('OSError') as PyClass);

export function exception(name: string, ...args: readonly PyValue[]): PyInstance {
  const e = new PyInstance(EXCEPTIONS.get(name) as PyClass);
  setArguments(e, args);
  return e;
}

/** A Python exception to throw: `throw raised('ValueError', 'math domain error')`. */
export function raised(name: string, ...args: readonly PyValue[]): PyRaise {
  return new PyRaise(exception(name, ...args));
}
