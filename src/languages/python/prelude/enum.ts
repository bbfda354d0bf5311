/** Members, values, iteration, look-up by value and by name; flags and functional definitions are left out. */
export const enumeration = `
class _Auto:
    pass

def auto():
    return _Auto()

class EnumMeta(type):
    def __iter__(cls):
        return iter(list(cls._members.values()))
    def __reversed__(cls):
        return reversed(list(cls._members.values()))
    def __len__(cls):
        return len(cls._members)
    def __getitem__(cls, name):
        return cls._members[name]
    def __contains__(cls, member):
        return isinstance(member, cls)
    def __call__(cls, value):
        if isinstance(value, cls):
            return value
        for member in cls._members.values():
            if member._value_ == value:
                return member
        for member in cls._aliases:
            if member._value_ == value:
                return member
        raise ValueError(f"{value!r} is not a valid {cls.__name__}")
    @property
    def __members__(cls):
        return dict(cls._members)

class Enum(metaclass=EnumMeta):
    _members = {}
    _aliases = []
    def __init_subclass__(cls):
        members = {}
        last = 0
        for name, value in list(cls.__dict__.items()):
            if name.startswith('_') or callable(value) or isinstance(value, (property, staticmethod, classmethod)):
                continue
            if isinstance(value, _Auto):
                value = cls._next_value(name, last)
            if not isinstance(value, str):
                last = value
            same = [m for m in members.values() if m._value_ == value]
            if same:
                setattr(cls, name, same[0])
                continue
            member = object.__new__(cls)
            member._name_ = name
            member._value_ = value
            own = cls.__dict__.get('__init__')
            if own is not None:
                own(member, *(value if isinstance(value, tuple) else (value,)))
            members[name] = member
            setattr(cls, name, member)
        cls._members = members
        cls._aliases = []
    @staticmethod
    def _next_value(name, last):
        return last + 1
    @property
    def name(self):
        return self._name_
    @property
    def value(self):
        return self._value_
    def __repr__(self):
        return f"<{type(self).__name__}.{self._name_}: {self._value_!r}>"
    def __str__(self):
        return f"{type(self).__name__}.{self._name_}"
    def __hash__(self):
        return hash(self._name_)

class IntEnum(Enum):
    def __int__(self):
        return self._value_
    def __index__(self):
        return self._value_
    def __str__(self):
        return str(self._value_)
    def _other(self, x):
        return x._value_ if isinstance(x, IntEnum) else x
    def __eq__(self, other):
        return self._value_ == self._other(other)
    def __hash__(self):
        return hash(self._value_)
    def __lt__(self, other):
        return self._value_ < self._other(other)
    def __le__(self, other):
        return self._value_ <= self._other(other)
    def __gt__(self, other):
        return self._value_ > self._other(other)
    def __ge__(self, other):
        return self._value_ >= self._other(other)
    def __add__(self, other):
        return self._value_ + self._other(other)
    def __radd__(self, other):
        return other + self._value_
    def __sub__(self, other):
        return self._value_ - self._other(other)
    def __rsub__(self, other):
        return other - self._value_
    def __mul__(self, other):
        return self._value_ * self._other(other)
    def __rmul__(self, other):
        return other * self._value_

def unique(cls):
    return cls
`;
