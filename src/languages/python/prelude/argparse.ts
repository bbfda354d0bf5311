/**
 * `argparse`: a script is evaluated as if it was started without arguments, so that options have their defaults; what must be
 * given on the command line is unknown.
 */
export const argparse = `
from _wengert import command_line

SUPPRESS = '==SUPPRESS=='
OPTIONAL, ZERO_OR_MORE, ONE_OR_MORE, REMAINDER = '?', '*', '+', '...'

class ArgumentError(Exception):
    pass

class ArgumentTypeError(Exception):
    pass

class HelpFormatter:
    pass

class RawDescriptionHelpFormatter(HelpFormatter):
    pass

class RawTextHelpFormatter(HelpFormatter):
    pass

class ArgumentDefaultsHelpFormatter(HelpFormatter):
    pass

class MetavarTypeHelpFormatter(HelpFormatter):
    pass

class BooleanOptionalAction:
    pass

class Action:
    pass

class Namespace:
    def __init__(self, **values):
        for name in values:
            setattr(self, name, values[name])

    def __contains__(self, name):
        return name in self.__dict__

    def __eq__(self, other):
        return isinstance(other, Namespace) and vars(self) == vars(other)

    def __repr__(self):
        return 'Namespace(' + ', '.join(f'{k}={v!r}' for k, v in self.__dict__.items()) + ')'

class FileType:
    def __init__(self, *args, **kwargs):
        pass

    def __call__(self, name):
        return open(name)

class _Argument:
    def __init__(self, names, action, nargs, const, default, type, choices, required, dest):
        self.names = [n for n in names if n.startswith('-')]
        self.action, self.nargs, self.const, self.choices = action, nargs, const, choices
        self.type = type
        self.positional = not self.names
        if dest is None:
            long = [n for n in self.names if n.startswith('--')]
            dest = names[0] if self.positional else (long or self.names)[0].lstrip('-').replace('-', '_')
        self.dest = dest
        if action == 'store_true':
            self.const, default = True, False if default is None else default
        elif action == 'store_false':
            self.const, default = False, True if default is None else default
        if action is BooleanOptionalAction:
            self.names += ['--no-' + n[2:] for n in self.names if n.startswith('--')]
        self.default = default
        self.required = required or (self.positional and nargs not in ('?', '*'))

    def takes_value(self):
        return self.action in ('store', 'append', 'extend')

    def convert(self, text):
        value = text if self.type is None else self.type(text)
        if self.choices is not None and value not in self.choices:
            raise SystemExit(2)
        return value

    def start(self):
        if isinstance(self.default, str) and self.default != SUPPRESS and self.type is not None:
            return self.type(self.default)
        return self.default

class ArgumentParser:
    def __init__(self, prog=None, usage=None, description=None, **options):
        self.description = description
        self._arguments = []
        self._defaults = {}
        for parent in options.get('parents', []):
            self._arguments += parent._arguments

    def add_argument(self, *names, action='store', nargs=None, const=None, default=None, type=None, choices=None,
                     required=False, help=None, metavar=None, dest=None, version=None):
        if action not in ('help', 'version'):
            self._arguments.append(_Argument(names, action, nargs, const, default, type, choices, required, dest))

    def add_argument_group(self, *args, **kwargs):
        return self

    def add_mutually_exclusive_group(self, required=False):
        return self

    def add_subparsers(self, **kwargs):
        return self

    def add_parser(self, name, **kwargs):
        return ArgumentParser()

    def set_defaults(self, **values):
        self._defaults.update(values)
        for a in self._arguments:
            if a.dest in values:
                a.default = values[a.dest]

    def get_default(self, dest):
        for a in self._arguments:
            if a.dest == dest:
                return a.default
        return self._defaults.get(dest)

    def error(self, message):
        raise SystemExit(2)

    def exit(self, status=0, message=None):
        raise SystemExit(status)

    def print_help(self, file=None):
        pass

    def print_usage(self, file=None):
        pass

    def format_help(self):
        return command_line('help')

    def parse_args(self, args=None, namespace=None):
        space, rest = self.parse_known_args(args, namespace)
        if rest:
            raise SystemExit(2)
        return space

    def parse_known_args(self, args=None, namespace=None):
        given = args is not None
        todo = list(args) if given else []
        space = Namespace() if namespace is None else namespace
        for a in self._arguments:
            if a.default != SUPPRESS and not hasattr(space, a.dest):
                setattr(space, a.dest, a.start())
        for name in self._defaults:
            if not hasattr(space, name):
                setattr(space, name, self._defaults[name])
        named = {n: a for a in self._arguments for n in a.names}
        free = [a for a in self._arguments if a.positional]
        seen, rest = set(), []
        while todo:
            word = todo.pop(0)
            value = None
            if word.startswith('--') and '=' in word:
                word, value = word.split('=', 1)
            if word.startswith('-') and word in named:
                a = named[word]
                seen.add(a.dest)
                if a.action is BooleanOptionalAction:
                    setattr(space, a.dest, not word.startswith('--no-'))
                elif a.action == 'count':
                    setattr(space, a.dest, (getattr(space, a.dest) or 0) + 1)
                elif not a.takes_value():
                    setattr(space, a.dest, a.const)
                else:
                    self._take(space, a, [value] if value is not None else todo, named)
            elif free and not (word.startswith('-') and not _is_number(word)):
                a = free.pop(0)
                seen.add(a.dest)
                todo.insert(0, word)
                self._take(space, a, todo, named)
            else:
                rest.append(word)
        for a in self._arguments:
            if a.required and a.dest not in seen:
                if given:
                    raise SystemExit(2)
                setattr(space, a.dest, command_line(a.dest if a.positional else a.names[-1]))
        return space, rest

    def _take(self, space, a, todo, named):
        most = 1 if a.nargs in (None, '?') else a.nargs if isinstance(a.nargs, int) else len(todo)
        taken = []
        while todo and len(taken) < most and (todo[0] not in named):
            taken.append(a.convert(todo.pop(0)))
        if not taken and a.nargs not in ('?', '*'):
            raise SystemExit(2)
        if a.nargs == '?' and not taken:
            value = a.const
        else:
            value = taken[0] if a.nargs in (None, '?') else taken
        if a.action == 'append':
            value = (getattr(space, a.dest) or []) + [value]
        elif a.action == 'extend':
            value = (getattr(space, a.dest) or []) + value
        setattr(space, a.dest, value)

def _is_number(text):
    try:
        float(text)
        return True
    except ValueError:
        return False
`;
