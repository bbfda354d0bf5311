/** `typing`, `abc`, `enum`-free parts of the standard library that only describe. */
import { builtinClass, library, raw } from '../library';
import { namedTuple } from './collections';
import {
  DICT,
  FROZENSET,
  LIST,
  OBJECT,
  PyBuiltin,
  PyClass,
  PyFunction,
  PyMethodWrapper,
  PyProperty,
  PyTuple,
  SET,
  TUPLE,
  TYPE,
  type PyValue,
} from '../values/object';

/** Something that stands in annotations; indexing it gives itself. */
const special = (name: string): PyClass => builtinClass(name, []);

/** `class P(NamedTuple): x: float = 0.0` */
const NAMED_TUPLE = special('NamedTuple');
NAMED_TUPLE.makeSubclass = (name, names) => {
  const annotated = names.get('__annotated__');
  const fields = annotated instanceof PyTuple ? annotated.items.map((x) => String((x as PyTuple).items[0])) : [];
  const defaults = fields.flatMap((f) => {
    const value = names.get(f);
    return value === undefined ? [] : [value];
  });
  const cls = namedTuple(name, fields, defaults);
  for (const [key, member] of names) if (!fields.includes(key) && key !== '__annotated__') cls.attrs.set(key, member);
  return cls;
};

export const typing = library('typing', {
  ...Object.fromEntries(
    'Any Optional Union Callable Iterable Iterator Sequence Mapping MutableMapping Generator Literal Final ClassVar Type Hashable Sized Collection Annotated Self NoReturn'
      .split(' ')
      .map((name) => [name, special(name)]),
  ),
  List: LIST,
  Dict: DICT,
  Tuple: TUPLE,
  Set: SET,
  FrozenSet: FROZENSET,
  NamedTuple: NAMED_TUPLE,
  Generic: special('Generic'),
  Protocol: special('Protocol'),
  TYPE_CHECKING: false,
  TypeVar: raw<[PyValue, readonly PyValue[], ReadonlyMap<string, PyValue>]>(
    'TypeVar(name, *constraints, **kwargs)',
    (_rt, _s, [name]) => special(String(name)),
  ),
  NewType: raw<[PyValue, PyValue]>('NewType(name, tp)', () => new PyBuiltin('NewType', (_rt, [x]) => x ?? null)),
  cast: raw<[PyValue, PyValue]>('cast(typ, val)', (_rt, _s, [, value]) => value),
  overload: raw<[PyValue]>('overload(func)', (_rt, _s, [f]) => f),
  no_type_check: raw<[PyValue]>('no_type_check(func)', (_rt, _s, [f]) => f),
});

const ABC_META = new PyClass('ABCMeta', [TYPE], new Map<string, PyValue>([['__abc__', true]]), true);
const ABC = new PyClass('ABC', [OBJECT], new Map<string, PyValue>([['__abc__', true]]));

function markAbstract(member: PyValue): PyValue {
  const fn = member instanceof PyProperty ? member.getter : member instanceof PyMethodWrapper ? member.func : member;
  if (fn instanceof PyFunction) fn.attrs = new Map([...(fn.attrs ?? []), ['__isabstractmethod__', true]]);
  return member;
}

export const abc = library('abc', {
  ABC,
  ABCMeta: ABC_META,
  abstractmethod: raw<[PyValue]>('abstractmethod(f)', (_rt, _s, [f]) => markAbstract(f)),
  abstractproperty: raw<[PyValue]>('abstractproperty(f)', (_rt, _s, [f]) => new PyProperty(markAbstract(f))),
});

export const collectionsAbc = library('collections.abc', Object.fromEntries(typing.members));

export const future = library('__future__', {
  ...Object.fromEntries(
    ['annotations', 'division', 'print_function', 'absolute_import', 'unicode_literals'].map((n) => [n, null]),
  ),
});
