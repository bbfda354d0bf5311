"""Writes fixtures/tensor.json: what the real NumPy computes, for test/tensor/conformance.test.ts.

Run with a Python that has NumPy (Debian: python3-numpy):  python3 test/oracles/tensor.py
Promotion is NumPy 2's (NEP 50); NumPy 1.24 has it behind a switch that this script sets.

A case is [operation, arguments, result]. Arguments and results are encoded: {"d", "s", "v"} is an array (dtype, shape,
values row-major), with "k" its strides in elements where it is not C-contiguous; {"$": name} an input of the table;
{"e", "m"} an exception. The operations are named in OPERATIONS here and in the test.
"""
import json
import os
import pathlib
import warnings

os.environ["NPY_PROMOTION_STATE"] = "weak"
import numpy as np  # noqa: E402

warnings.simplefilter("ignore")
SHORT = {"float64": "f8", "float32": "f4", "int64": "i8", "int32": "i4", "int16": "i2", "int8": "i1", "uint64": "u8",
         "uint32": "u4", "uint16": "u2", "uint8": "u1", "bool": "b1"}

rng = np.random.default_rng(20240607)


def data(*shape, dtype="f8", low=-4, high=4):
    if dtype == "b1":
        return rng.random(shape) < 0.5
    if dtype[0] in "iu":
        return rng.integers(0 if dtype[0] == "u" else low, high + 1, shape).astype(dtype)
    return np.round(rng.uniform(low, high, shape), 3).astype(dtype)


# Inputs by name; a name with a dot is a view of the array before the dot.
BASE = {
    "s": np.array(2.5), "v": data(4), "w": data(4), "u": data(3), "e": np.zeros((0, 3)), "n": np.zeros((3, 0)),
    "A": data(3, 4), "B": data(4, 3), "C": data(2, 3, 4), "D": data(2, 1, 4), "E": data(3, 1), "Q": data(4, 4),
    "P": data(4, 4) + 5 * np.eye(4), "S": np.array([[4, 1, 0.5], [1, 3, -0.25], [0.5, -0.25, 2]]), "T": data(2, 4, 4),
    "R": data(5, 3), "W": data(3, 5), "F": data(2, 3, 4, dtype="f4"), "f": data(4, dtype="f4"), "Af": data(3, 4, dtype="f4"),
    "I": data(3, 4, dtype="i8"), "i": data(4, dtype="i8"), "J": data(3, 4, dtype="i4"), "H": data(3, 4, dtype="i1", low=-100, high=100),
    "U": data(3, 4, dtype="u1", high=200), "X": data(3, 4, dtype="b1"), "x": data(4, dtype="b1"), "Y": data(2, 3, 4, dtype="b1"),
    "N": np.array([[1.5, np.nan, -2.0], [np.inf, 0.25, -np.inf]]), "L": rng.standard_normal(1000),
    "M": rng.standard_normal((37, 41)), "G": rng.standard_normal((6, 7, 8)), "ties": rng.integers(0, 5, 60).astype("i8"),
    "o": np.array(3), "z": np.array([0.0, -0.0, 1.0]), "h": data(6, dtype="i2", low=-300, high=300), "g": data(6, dtype="u4", high=60),
    "F2": data(3, 4, dtype="f4"), "X4": data(2, 2, 3, 4), "Y3": data(2, 5, 3),
    "one": np.array([[1.5]]), "mono": np.array([1.0, 2.0, 2.0, 3.5, 7.0]),
}
VIEWS = {
    "A.T": ["transpose"], "C.T": ["transpose"], "G.T": ["transpose"], "M.T": ["transpose"],
    "C.p": ["transpose", [1, 0, 2]], "C.q": ["transpose", [0, 2, 1]], "G.q": ["transpose", [2, 0, 1]],
    "A.c": ["index", [{"slice": [None, None, None]}, {"slice": [None, None, 2]}]],
    "A.r": ["index", [{"slice": [None, None, -1]}]],
    "M.c": ["index", [{"slice": [None, None, 2]}, {"slice": [1, None, 3]}]],
    "L.r": ["index", [{"slice": [None, None, -1]}]], "L.s": ["index", [{"slice": [None, None, 3]}]],
    "C.s": ["index", [{"slice": [None, None, None]}, {"slice": [1, None, None]}, {"slice": [None, None, 2]}]],
    "v.b": ["broadcast", [3, 4]], "I.T": ["transpose"], "F.T": ["transpose"], "X.T": ["transpose"], "P.T": ["transpose"],
}


def index_of(items):
    """The Python index that an encoded one means."""
    result = []
    for item in items:
        if item is None:
            result.append(np.newaxis)
        elif item == "...":
            result.append(Ellipsis)
        elif isinstance(item, dict) and "slice" in item:
            result.append(slice(*item["slice"]))
        elif isinstance(item, dict) and "i" in item:
            result.append(np.array(item["i"], dtype="i8"))
        elif isinstance(item, dict) and "b" in item:
            result.append(np.array(item["b"], dtype=bool))
        elif isinstance(item, dict) and "f" in item:
            result.append(np.array(item["f"], dtype="f8"))
        else:
            result.append(item)
    return tuple(result)


def view_of(array, recipe):
    kind, *rest = recipe
    if kind == "transpose":
        return array.transpose(*rest)
    if kind == "index":
        return array[index_of(rest[0])]
    return np.broadcast_to(array, rest[0])


INPUTS = dict(BASE)
for name, recipe in VIEWS.items():
    INPUTS[name] = view_of(BASE[name.split(".")[0]], recipe)


def number(x):
    x = x.item() if isinstance(x, np.generic) else x
    if isinstance(x, float):
        if x != x:
            return "nan"
        if x in (np.inf, -np.inf):
            return "inf" if x > 0 else "-inf"
        return int(x) if x == int(x) and not (x == 0 and np.signbit(x)) and abs(x) < 2**53 else x
    return int(x) if isinstance(x, bool) else x


def encode(value):
    if isinstance(value, (list, tuple)):
        return [encode(item) for item in value]
    if isinstance(value, str) or value is None:
        return value
    if isinstance(value, (bool, int, float)) and not isinstance(value, np.generic):
        return number(value)
    value = np.asanyarray(value)
    result = {"d": SHORT[str(value.dtype)], "s": list(value.shape), "v": [number(x) for x in value.ravel()]}
    if not value.flags.c_contiguous:
        result["k"] = [stride // value.itemsize for stride in value.strides]
    return result


def decode(argument):
    if isinstance(argument, dict) and "$" in argument:
        return INPUTS[argument["$"]]
    if isinstance(argument, dict) and "weak" in argument:
        return argument["weak"]
    if isinstance(argument, dict) and "s" in argument:
        return np.array([float(x) for x in argument["v"]]).astype(argument["d"]).reshape(argument["s"])
    if isinstance(argument, list):
        return [decode(item) for item in argument]
    return argument


def axis_of(options):
    options = dict(options or {})
    if isinstance(options.get("axis"), list):
        options["axis"] = tuple(options["axis"])
    return options


def reduction(function):
    return lambda a, options=None: function(a, **axis_of(options))


def changed(action):
    """The operation as a write: the array afterwards."""
    def run(a, *arguments):
        copy = a.copy(order="K")
        action(copy, *arguments)
        return copy
    return run


def set_item(a, items, value):
    a[index_of(items)] = value


OPERATIONS = {
    # creation
    "arange": lambda *a: np.arange(*a[:3], dtype=a[3]), "linspace": lambda a, b, n, end: np.linspace(a, b, n, end),
    "eye": lambda n, m, k: np.eye(n, m, k), "meshgrid": lambda arrays, indexing: np.meshgrid(*arrays, indexing=indexing),
    "astype": lambda a, d: a.astype(d), "copyK": lambda a: np.copy(a),
    # views
    "reshape": lambda a, shape: a.reshape(shape), "transpose": lambda a, axes=None: a.transpose(axes),
    "moveaxis": np.moveaxis, "swapaxes": np.swapaxes, "diagonal": lambda a, k, i, j: a.diagonal(k, i, j),
    "squeeze": lambda a, axis=None: np.squeeze(a, tuple(axis) if isinstance(axis, list) else axis),
    "expand_dims": lambda a, axis: np.expand_dims(a, tuple(axis) if isinstance(axis, list) else axis),
    "broadcast_to": np.broadcast_to, "flip": lambda a, axis=None: np.flip(a, tuple(axis) if isinstance(axis, list) else axis),
    # indexing
    "select": lambda a, items: a[index_of(items)], "assign": changed(set_item),
    "addAt": changed(lambda a, items, value: np.add.at(a, index_of(items), value)),
    # reductions
    "sum": reduction(np.sum), "prod": reduction(np.prod), "mean": reduction(np.mean), "var": reduction(np.var),
    "std": reduction(np.std), "max": reduction(np.max), "min": reduction(np.min), "any": reduction(np.any),
    "all": reduction(np.all), "argmax": reduction(np.argmax), "argmin": reduction(np.argmin), "ptp": reduction(np.ptp),
    "count_nonzero": reduction(lambda *a, **k: np.asarray(np.count_nonzero(*a, **k))), "cumsum": lambda a, axis=None: np.cumsum(a, axis),
    "cumprod": lambda a, axis=None: np.cumprod(a, axis), "median": lambda a, axis=None: np.median(a, axis),
    "quantile": lambda a, q, axis=None: np.quantile(a, q, axis),
    # products
    "matmul": np.matmul, "dot": np.dot, "outer": np.outer, "inner": np.inner, "vdot": np.vdot,
    "tensordot": lambda a, b, axes: np.tensordot(a, b, axes), "einsum": lambda text, *a: np.einsum(text, *a),
    "trace": lambda a, k=0: np.trace(a, k), "kron": np.kron,
    # structure
    "concatenate": lambda a, axis: np.concatenate(a, axis), "stack": lambda a, axis: np.stack(a, axis), "vstack": np.vstack,
    "hstack": np.hstack, "dstack": np.dstack, "column_stack": np.column_stack, "split": np.split, "array_split": np.array_split,
    "tile": np.tile, "repeat": np.repeat, "take": lambda a, i, axis, mode: np.take(a, i, axis, mode=mode), "roll": np.roll,
    "rot90": lambda a, k, axes: np.rot90(a, k, axes),
    "pad": lambda a, widths, mode, values=None: np.pad(a, widths, mode, **({} if values is None else {"constant_values": values})),
    "tril": np.tril, "triu": np.triu, "diag": np.diag, "diff": lambda a, n, axis: np.diff(a, n, axis),
    "sort": lambda a, axis: np.sort(a, axis), "argsort": lambda a, axis, kind: np.argsort(a, axis, kind=kind),
    "unique": lambda a: list(np.unique(a, True, True, True)), "searchsorted": np.searchsorted,
    "bincount": lambda a, w=None, n=0: np.bincount(a, w, n), "nonzero": lambda a: list(np.nonzero(a)), "argwhere": np.argwhere,
    "where": np.where, "clip": np.clip, "take_along_axis": np.take_along_axis,
    # linear algebra
    "solve": np.linalg.solve, "inv": np.linalg.inv, "det": np.linalg.det, "slogdet": lambda a: list(np.linalg.slogdet(a)),
    "cholesky": np.linalg.cholesky, "qr": lambda a, mode: list(np.linalg.qr(a, mode)), "eigvalsh": np.linalg.eigvalsh,
    "svdvals": lambda a: np.linalg.svd(a, compute_uv=False), "lstsq": lambda a, b: [x if k != 2 else int(x) for k, x in enumerate(np.linalg.lstsq(a, b, rcond=None))],
    "norm": lambda a, order=None, axis=None, keepdims=False: np.linalg.norm(
        a, {"inf": np.inf, "-inf": -np.inf}.get(order, order) if isinstance(order, str) else order,
        tuple(axis) if isinstance(axis, list) else axis, keepdims),
    "matrix_rank": lambda a: np.asarray(np.linalg.matrix_rank(a)), "pinv": np.linalg.pinv, "matrix_power": np.linalg.matrix_power,
    # printing
    "str": lambda a, options=None: printed(str, a, options), "repr": lambda a, options=None: printed(repr, a, options),
    "scalar": lambda a: str(a[()]),
}
for ufunc in ("add subtract multiply divide floor_divide remainder power maximum minimum fmod equal not_equal less less_equal "
              "greater greater_equal logical_and logical_or logical_xor bitwise_and bitwise_or bitwise_xor left_shift "
              "right_shift negative absolute invert logical_not").split():
    OPERATIONS[ufunc] = getattr(np, ufunc)


def in_place(ufunc):
    return changed(lambda a, b: ufunc(a, b, out=a))


for ufunc in "add subtract multiply divide floor_divide power".split():
    OPERATIONS[ufunc + "="] = in_place(getattr(np, ufunc))


def printed(write, a, options):
    with np.printoptions(**(options or {})):
        return write(a)


cases = []


def case(operation, *arguments):
    try:
        result = encode(OPERATIONS[operation](*[decode(a) for a in arguments]))
    except Exception as error:  # the exception is the result
        result = {"e": type(error).__name__.lstrip("_"), "m": str(error)}
    cases.append([operation, list(arguments), result])


def ref(name):
    return {"$": name}


def i8(values):
    array = np.array(values, dtype="i8")
    return {"d": "i8", "s": list(array.shape), "v": [int(x) for x in array.ravel()]}


def f8(values, dtype="f8"):
    array = np.array(values, dtype=dtype)
    return {"d": dtype, "s": list(array.shape), "v": [number(x) for x in array.ravel()]}


ALL = {"slice": [None, None, None]}


def sl(*bounds):
    return {"slice": list(bounds)}


def creation():
    for a in [(0, 5, 1, "i8"), (0, 1, 0.1, "f8"), (1, 2, 0.3, "f8"), (5, 0, -2, "i8"), (0, 0.95, 0.05, "f8"), (1, 1.3, 0.1, "f8"),
              (3, 0, 1, "f8"), (0, 10, 3, "f4"), (0, 1, 0, "f8"), (-1, 1, 0.25, "f4"), (0.5, 3, 1, "f8")]:
        case("arange", *a)
    for a in [(0, 1, 5, True), (0, 1, 5, False), (2, 3, 1, True), (0, 10, 0, True), (-1, 1, 7, True), (1, 1, 3, True), (0, 1, -1, True),
              (0.1, 0.7, 11, True), (5, -5, 4, False)]:
        case("linspace", *a)
    for a in [(3, 3, 0), (2, 4, 1), (4, 2, -1), (3, 3, 5)]:
        case("eye", *a)
    for indexing in ("xy", "ij"):
        case("meshgrid", [ref("v"), ref("u")], indexing)
        case("meshgrid", [ref("v"), ref("u"), ref("w")], indexing)
    for name in "A I U X F.T A.T N H v.b C.s".split():
        for dtype in ("f4", "f8", "i8", "i4", "b1", "u1", "i1"):
            if name == "N" and dtype not in ("f4", "f8", "b1") or name in ("A", "A.T", "v.b", "C.s", "F.T", "H", "I") and dtype == "u1":
                continue
            case("astype", ref(name), dtype)
    for name in "A.T C.p C.q A.c A.r v.b M.c".split():
        case("copyK", ref(name))


def operators():
    binary = "add subtract multiply divide floor_divide remainder power maximum minimum equal less greater_equal".split()
    types = {name: data(5, dtype=name, low=-5, high=5) if name != "b1" else data(5, dtype="b1") for name in SHORT.values()}
    types["u8"] = np.array([1, 2, 3, 0, 5], "u8")
    for a in types:
        for b in types:
            x, y = encode(types[a]), encode(types[b][::-1].copy())
            for operation in ("add", "less") if a < b else ("multiply", "divide"):
                case(operation, x, y)
    for dtype in types:
        x = encode(types[dtype])
        for scalar in (2, 2.5, 3):
            for operation in binary:
                if operation == "power" and dtype not in ("f8", "f4", "i8", "i4"):
                    continue
                case(operation, x, {"weak": scalar})
        for operation in ("subtract", "floor_divide", "remainder", "maximum", "minimum", "fmod", "logical_and", "logical_or", "logical_xor"):
            case(operation, x, encode(types[dtype][::-1].copy()))
        for operation in ("bitwise_and", "bitwise_or", "bitwise_xor"):
            case(operation, x, encode(types[dtype][::-1].copy()))
        for operation in ("negative", "absolute", "invert", "logical_not"):
            if not (operation == "negative" and dtype == "u8"):
                if not (operation == "invert" and dtype == "u8"):
                    case(operation, x)
    wrap = {"i1": [127, -128, 100, -1], "u1": [255, 0, 200, 1], "i2": [32767, -32768, 300, -2], "u2": [65535, 1, 0, 300],
            "i4": [2147483647, -2147483648, 123456789, -987654321], "u4": [4294967295, 1, 4000000000, 65537]}
    for dtype, values in wrap.items():
        x = {"d": dtype, "s": [4], "v": values}
        for operation in ("add", "subtract", "multiply"):
            case(operation, x, x)
            case(operation, x, {"d": dtype, "s": [4], "v": values[::-1]})
        case("power", x, {"weak": 3})
        case("negative", x)
        case("absolute", x)
        case("invert", x)
        case("add", x, {"weak": 1})
        case("add", x, {"weak": 5000000000})
        case("left_shift", x, {"weak": 2})
        case("right_shift", x, {"weak": 2})
    edge = f8([7.5, -7.5, 0.0, -0.0, np.inf, -np.inf, np.nan, 1.0, -1.0, 3.0])
    for other in (2.0, -2.0, 0.5, np.inf, -np.inf, 3.0, -0.7):
        for operation in ("floor_divide", "remainder", "fmod", "power", "maximum", "minimum", "divide"):
            case(operation, edge, f8(other))
    case("floor_divide", f8([1.0, -1.0, 0.0]), f8(0.0))
    case("floor_divide", i8([7, -7, 5]), i8([0, 2, -3]))
    case("remainder", i8([7, -7, 5]), i8([0, 2, -3]))
    case("power", i8([2, 3]), i8([-1, 2]))
    # broadcasting and memory order
    for a, b in [p.split() for p in
            ["A v", "A E", "C A", "C D", "A.T u", "A s", "A.T A.T", "C.T C.T", "C.q C.q", "v.b A", "e u", "C.T s", "E v", "n E", "F f", "A.r A",
             "A u", "C B", "v u", "F C", "I A", "X I", "A.T B"]]:
        case("add", ref(a), ref(b))
        case("multiply", ref(b), ref(a))
    for a, b in [("A", "v"), ("I", "i"), ("I", "v"), ("J", "I"), ("H", "H"), ("F", "v"), ("A.T", "u"), ("v", "A"), ("X", "X"), ("U", "I")]:
        for operation in ("add=", "multiply=", "divide=", "subtract="):
            case(operation, ref(a), ref(b))
    for scalar in (2, 1.5):
        for a in ("A", "I", "H", "F", "X"):
            case("multiply=", ref(a), {"weak": scalar})


def views():
    for name, shape in [("A", [12]), ("A", [2, 6]), ("A", [-1, 2]), ("A.T", [12]), ("A.T", [2, 2, 3]), ("C.p", [3, 8]), ("C.q", [2, 12]),
                        ("C.s", [8]), ("C.s", [2, 2, 2, 1]), ("A", [5]), ("A", [-1, 5]), ("A", [-1, -1]), ("v.b", [12]), ("e", [0]), ("s", [1, 1]),
                        ("A.c", [3, 2, 1]), ("A.r", [12]), ("A.T", [4, 3, 1]), ("n", [-1, 3]), ("n", [0, 5])]:
        case("reshape", ref(name), shape)
    for axes in ([0, 2, 1], [2, 0, 1], [-1, 0, 1], [0, 1], [0, 0, 1], [0, 1, 5]):
        case("transpose", ref("C"), axes)
    for a, b in [(0, 2), (-1, 0), ([0, 1], [2, 0]), (0, 3), ([0, 0], [1, 2])]:
        case("moveaxis", ref("C"), a, b)
    case("swapaxes", ref("C"), 0, -1)
    for k in (-3, -1, 0, 1, 4):
        case("diagonal", ref("A"), k, 0, 1)
        case("diagonal", ref("C"), k, 2, 0)
    case("squeeze", ref("D"))
    case("squeeze", ref("D"), [1])
    case("squeeze", ref("D"), 0)
    for axis in (0, -1, [0, 2], 3, [1, 1]):
        case("expand_dims", ref("A"), axis)
    for name, shape in [("v", [3, 4]), ("E", [2, 3, 4]), ("s", [2]), ("v", [3, 5]), ("A", [4]), ("u", [0, 3])]:
        case("broadcast_to", ref(name), shape)
    for axis in (None, 0, 1, [0, 1]):
        case("flip", ref("A"), axis)


INDICES = {
    "A": [[0], [-1, -1], [5], [0, 0, 0], [ALL, 1], ["...", 0], [None, ALL, None, 2], [sl(None, None, -1)], [sl(1, None), sl(None, -1)],
          [sl(10, 2, -2), sl(-100, 100, 3)], [sl(2, 1)], [sl(None, None, 0)], ["...", "..."], [{"i": [0, 2]}], [{"i": [-1, 0]}, {"i": [1, 2]}],
          [{"i": [[0, 1], [2, 0]]}], [ALL, {"i": [3, 0]}], [{"i": [0, 5]}], [{"i": [0, 1]}, {"i": [0, 1, 2]}], [{"i": []}], [1, {"i": [0, 3]}],
          [{"i": [[0], [2]]}, {"i": [1, 3]}], [{"b": [True, False, True]}], [{"b": [True, False]}], [ALL, {"b": [True, False, True, True]}],
          [{"b": [[True, False, True, False]] * 3}], [{"b": [[True] * 3] * 3}], [{"b": [False] * 3}], [{"f": [0.5]}], [{"i": [0, 1]}, None, 2],
          [{"i": 1}], [{"i": 2}, sl(1, 3)], [{"b": True}], [{"b": False}], [{"b": [True, True, False]}, {"i": [0, 1]}],
          [{"b": [True, True, False]}, {"b": [True, False, True, False]}], [7, 0], [0, -5], []],
    "C": [[1, "...", 2], [{"i": [0, 1]}, ALL, {"i": [1, 2]}], [ALL, {"i": [0, 2]}, {"i": [1, 3]}], [0, ALL, {"i": [1, 2]}], [ALL, 1, {"i": [1, 2]}],
          [{"i": [0, 1]}, 1], [{"i": [[0, 1]]}, sl(1, None), {"i": [[3], [2]]}], ["...", {"i": [2, 0]}], [ALL, {"i": [[0, 1], [1, 2]]}],
          [{"b": [[True, False, True], [False, True, False]]}], [1, {"b": [[True, False, True, True]] * 3}], [ALL, {"b": [True, False, True]}, {"i": [1, 2]}],
          [None, {"i": [1]}, ALL, None, sl(0, 2)], [{"i": [0]}, None, {"i": [2]}], [ALL, {"i": [0, 1]}, "...", {"i": [0, 1]}], [0, 1, {"i": [3, 3, 0]}],
          [ALL, 3], [ALL, {"i": [0, 3]}], [ALL, ALL, {"i": [-5]}]],
    "C.p": [[{"i": [2, 0]}], [ALL, {"i": [1, 1, 0]}], [1, 0], [sl(None, None, -1), 0, sl(1, 3)]],
    "C.T": [[{"i": [2, 0]}], [ALL, {"i": [2, 0]}], [ALL, ALL, {"i": [1, 0]}]],
    "v": [[{"b": [True, False, True, False]}], [3], [-5], [{"i": [3, 3, 0]}], [None], [{"i": [[1]]}]],
    "s": [[], [0], [None], ["..."]],
    "o": [[], ["...", None]],
}


def indexing():
    for name, items in INDICES.items():
        for index in items:
            case("select", ref(name), index)
            case("assign", ref(name), index, f8(9.5))
            try:
                shape = INPUTS[name][index_of(index)].shape
            except Exception:
                continue
            size = int(np.prod(shape))
            values = {"d": "f8", "s": list(shape), "v": list(range(1, size + 1))}
            case("assign", ref(name), index, values)
            if not any(isinstance(item, dict) and item.get("b") in (True, False) and not isinstance(item.get("b"), list) for item in index):
                case("addAt", ref(name), index, values)
            case("assign", ref(name), index, {"d": "f8", "s": [7], "v": list(range(7))})
            if len(shape) > 1:
                case("assign", ref(name), index, {"d": "f8", "s": [shape[-1]], "v": list(range(shape[-1]))})
            case("assign", ref(name), index, {"d": "f8", "s": [1] + list(shape), "v": list(range(1, size + 1))})
    case("assign", ref("I"), [0], f8([1.7, -2.7, 3.0, 0.2]))
    case("assign", ref("U"), [ALL, 0], i8([300, -1, 256]))
    case("assign", ref("X"), [1], f8([0.0, 0.5, -1.0, 0.0]))
    case("assign", ref("F"), [0, 0], f8([0.1, 0.2, 0.3, 1e40]))


def reductions():
    names = "v A A.T C C.T C.p C.q C.s A.c A.r F F.T I J H U X Y N L L.r L.s M M.T M.c G G.T G.q v.b s one".split()
    for name in names:
        array = INPUTS[name]
        axes = [None] + list(range(array.ndim)) + ([[0, 1], [-1, 0]] if array.ndim > 1 else []) + ([[0, 1, 2]] if array.ndim > 2 else [])
        for operation in ("sum", "mean", "max", "min", "var", "std"):
            if array.dtype == bool and operation in ("var", "std") or array.size > 300 and operation in ("std", "max", "min"):
                continue
            for axis in axes:
                case(operation, ref(name), {"axis": axis})
        if array.size > 300:
            continue
        for axis in axes[:2]:
            for operation in ("any", "all", "count_nonzero", "prod"):
                if not (operation == "prod" and array.dtype.kind in "iu"):
                    case(operation, ref(name), {"axis": axis})
            for operation in ("sum", "mean", "max", "argmax"):
                case(operation, ref(name), {"axis": axis, "keepdims": True})
        for axis in [None] + list(range(array.ndim)):
            for operation in ("argmax", "argmin"):
                case(operation, ref(name), {"axis": axis})
            case("cumsum", ref(name), axis)
            if array.dtype.kind == "f":
                case("cumprod", ref(name), axis)
                case("median", ref(name), axis)
                case("quantile", ref(name), f8([0.0, 0.3, 0.55, 1.0]), axis)
        if array.ndim and array.dtype != bool:
            case("ptp", ref(name), {"axis": 0})
    for ddof in (1, 2):
        case("var", ref("A"), {"axis": 0, "ddof": ddof})
        case("std", ref("C"), {"axis": [0, 2], "ddof": ddof, "keepdims": True})
    for operation in ("sum", "prod", "mean", "max", "argmax", "any", "all"):
        for name in ("e", "n"):
            for axis in (None, 0, 1):
                case(operation, ref(name), {"axis": axis})
    case("sum", ref("A"), {"axis": 2})
    case("sum", ref("A"), {"axis": [0, 0]})
    case("prod", i8([2, 0, 3]), {})
    case("sum", ref("h"), {})
    case("sum", ref("g"), {})
    case("prod", ref("x"), {})


def products():
    for a, b in [p.split() for p in ["v w", "A v", "u A", "A B", "C B", "T T", "C v", "u C", "T C.q", "A A", "A u", "s v", "v s", "I i", "F f", "Af B",
                                    "X x", "J I", "A.T A", "M M.T", "Q T", "e B", "n e", "A.c R", "E v", "C.p B", "one one", "H H", "i i"]]:
        for operation in ("matmul", "dot", "inner"):
            case(operation, ref(a), ref(b))
        if INPUTS[a].size < 100 and INPUTS[b].size < 100:
            case("outer", ref(a), ref(b))
    case("vdot", ref("A"), ref("B"))
    for a, b, axes in [("A", "B", 1), ("A", "B", [[0], [1]]), ("C", "C", [[0, 2], [0, 2]]), ("C", "A", [[1, 2], [0, 1]]), ("C", "C", 3), ("A", "A", 0),
                       ("A", "A", 1), ("C", "B", [[2], [0]])]:
        case("tensordot", ref(a), ref(b), axes)


def sums_of_products():
    for text, names in [("ij,jk->ik", "A B"), ("ij,jk", "A B"), ("ij->ji", "A"), ("ij->", "A"), ("ij->i", "A"), ("ij->j", "A.T"), ("ii", "Q"), ("ii->i", "Q"),
                        ("ji", "A"), ("i,i", "v w"), ("i,i->i", "v w"), ("i,j->ij", "v u"), ("i,j", "v u"), ("bij,bjk->bik", "T T"), ("bij,jk->bik", "C B"),
                        ("...ij,...jk->...ik", "T Q"), ("...ij->...ji", "C"), ("...i,i->...", "C v"), ("i...->...", "C"), ("ijk,ijk->", "C C"), ("ijk,ijk->k", "C C"),
                        ("ijk,ilk->jl", "C D"), ("ij,ij->ij", "A A"), ("ij,kj->ik", "A A"), ("ij,jk,kl->il", "A B A"), ("i,ij,j->", "u A v"), ("bij,bij->b", "C C"),
                        ("ijk->kji", "C"), ("ijk->ik", "C"), ("iij->ij", "T.x"), ("ij,j->i", "A v"), ("ij,i->j", "A u"), ("i,ij", "u A"), ("ab,bc,cd,de->ae", "A B A B"),
                        ("ij,jk->ki", "A B"), ("ij,jk->ik", "I I.T"), ("ij,ij", "F2 F2"), ("ij,jk->ik", "A A"), ("ij,jk->ik", "A"), ("ij", "A B"), ("ij->ik", "A"),
                        ("ijk", "A"), ("i", "A"), ("ij->ii", "A"), ("...,...", "A A"), ("...,...->...", "C A"), (" i j , j k -> i k ", "A B"), ("i1->i", "A"), ("ij,jk", "e e"),
                        ("ij,ik->jk", "e e"), (",", "s s"), (",i->i", "s v"), ("ij,ij->ij", "A E"), ("bhqd,bhkd->bhqk", "X4 X4"), ("xyz,xuy->uz", "C Y3")]:
        if any(name not in INPUTS for name in names.split()):
            continue
        case("einsum", text, *[ref(name) for name in names.split()])


def structure():
    for arrays, axis in [(["A", "A"], 0), (["A", "A.c"], 1), (["A", "I"], 0), (["A.T", "A.T"], 0), (["A.T", "B"], 1), (["C.p", "C.p"], 2), (["A", "B"], None),
                         (["A", "B"], 0), (["A", "v"], 0), (["s", "s"], 0), (["X", "H"], 0), (["F", "F"], -1), (["I", "J"], 0), (["U", "H"], 1), ([], 0),
                         (["A", "A"], 2), (["e", "R"], 0)]:
        case("concatenate", [ref(name) for name in arrays], axis)
    for arrays, axis in [(["A", "A"], 0), (["A", "A"], -1), (["v", "w", "i"], 1), (["A", "B"], 0), (["s", "s"], 0), (["A.T", "A.T"], 1)]:
        case("stack", [ref(name) for name in arrays], axis)
    for operation in ("vstack", "hstack", "dstack", "column_stack"):
        for arrays in (["v", "w"], ["A", "A"], ["A", "v"], ["C", "C"], ["s", "s"], ["B", "v"]):
            if operation == "column_stack" and arrays == ["s", "s"]:
                continue
            case(operation, [ref(name) for name in arrays])
    for parts, axis in [(3, 0), (2, 1), ([1, 3], 1), (5, 0), ([2, 1], 1), ([1, 9], 0), (2, 0), ([-1], 1)]:
        case("split", ref("A"), parts, axis)
        case("array_split", ref("A"), parts, axis)
    for name, repeats in [("v", [2]), ("v", [2, 1]), ("A", [2]), ("A", [2, 3]), ("s", [3]), ("A.T", [1, 2]), ("A", [1, 2, 2]), ("v", [0])]:
        case("tile", ref(name), repeats)
    for name, counts, axis in [("v", 2, None), ("A", 2, None), ("A", 2, 1), ("A", [1, 0, 2], 0), ("A", [1, 2], 0), ("A", [3], 1), ("A.T", 2, 0), ("v", -1, 0)]:
        case("repeat", ref(name), counts, axis)
    for name, index, axis, mode in [("A", [0, 2], 0, "raise"), ("A", [[0, 5], [11, -1]], None, "raise"), ("A", [4], 1, "raise"), ("A", [4, -1], 1, "wrap"),
                                    ("A", [9, -3], 0, "clip"), ("C", [[0], [1]], 1, "raise")]:
        case("take", ref(name), i8(index), axis, mode)
    for name, shift, axis in [("v", 1, None), ("A", 2, None), ("A", -1, 0), ("A", 5, 1), ("A", [1, 2], [0, 1]), ("A", 1, [0, 1]), ("e", 1, 0), ("A", 1, 4)]:
        case("roll", ref(name), shift, axis)
    for k in range(-1, 4):
        case("rot90", ref("A"), k, [0, 1])
        case("rot90", ref("C"), k, [1, 2])
    for mode in ("constant", "edge", "reflect", "symmetric", "wrap"):
        case("pad", ref("v"), [[2, 1]], mode)
        case("pad", ref("A"), [[1, 2], [0, 3]], mode)
        case("pad", ref("A"), [[0, 0], [0, 0]], mode)
        case("pad", ref("u"), [[2, 2]], mode)
        case("pad", ref("I"), [[1, 1], [1, 1]], mode)
        case("pad", ref("e"), [[1, 1], [1, 1]], mode)
    case("pad", ref("A"), [[1, 1], [2, 0]], "constant", [[1, 2], [3, 4]])
    case("pad", ref("u"), [[9, 7]], "reflect")
    case("pad", ref("u"), [[9, 7]], "symmetric")
    case("pad", ref("v"), [[-1, 1]], "constant")
    for k in (-2, 0, 1):
        for name in ("A", "C", "v", "I", "X"):
            case("tril", ref(name), k)
            case("triu", ref(name), k)
        for name in ("v", "A", "B", "i", "C"):
            case("diag", ref(name), k)
        case("trace", ref("A"), k)
        case("trace", ref("C"), k)
    for name in ("v", "A", "I", "X", "C"):
        for n, axis in ((1, -1), (2, -1), (1, 0), (9, 0), (0, 0)):
            case("diff", ref(name), n, axis)
    for name in ("v", "A", "A.T", "I", "N", "ties", "C", "X"):
        for axis in (None, 0, -1):
            case("sort", ref(name), axis)
            case("argsort", ref(name), axis, "stable")
            case("argsort", ref(name), axis, "quicksort")
    many = {"d": "i8", "s": [300], "v": [int(x) for x in rng.integers(0, 9, 300)]}
    case("argsort", many, -1, "quicksort")
    case("argsort", many, -1, "stable")
    killer = [int(x) for x in np.concatenate([np.arange(0, 200, 2), np.arange(1, 200, 2)])]
    case("argsort", {"d": "f8", "s": [200], "v": killer}, -1, "quicksort")
    for name in ("ties", "A", "N", "X", "v.b", "e"):
        case("unique", ref(name))
    for side in ("left", "right"):
        case("searchsorted", ref("mono"), f8([2.0, 0.0, 9.0, 3.0, np.nan]), side)
    case("bincount", ref("ties"))
    case("bincount", i8([0, 3, 3]), f8([0.5, 1.0, 0.25]))
    case("bincount", i8([0, 1]), None, 5)
    case("bincount", i8([-1, 1]))
    case("bincount", ref("v"))
    for name in ("A", "X", "z", "e", "C", "Y"):
        case("nonzero", ref(name))
        case("argwhere", ref(name))
    for c, a, b in [("X", "A", "I"), ("x", "A", "v"), ("X", "I", "J"), ("A", "F", "v"), ("X.T", "A.T", "A.T")]:
        case("where", ref(c), ref(a), ref(b))
    for low, high in [(-1, 1), (None, 0.5), (0, None), (2, -2), (None, None)]:
        weak = [None if bound is None else {"weak": bound} for bound in (low, high)]
        for name in ("A", "F", "N", "A.T"):
            case("clip", ref(name), *weak)
    case("clip", ref("I"), {"weak": -1}, {"weak": 2})
    case("clip", ref("I"), {"weak": -1.5}, {"weak": 2})
    case("clip", ref("A"), ref("w"), ref("s"))
    for axis in (0, 1):
        order = i8(np.argsort(INPUTS["A"], axis).tolist())
        case("take_along_axis", ref("A"), order, axis)
    case("take_along_axis", ref("A"), i8([[0], [1], [2]]), 1)
    case("take_along_axis", ref("A"), i8([0, 1]), 1)


def printing():
    for name in INPUTS:
        if name in ("G.T", "G.q", "M.T", "L.r"):
            continue
        case("repr", ref(name))
        case("str", ref(name))
    values = [0.1, 1 / 3, 1e-5, 123456789.0, 1e16, 1e15, 1e22, 1.5e300, 5e-324, 2.2250738585072014e-308, 100.0, 0.0001, 0.00012345, -0.0, 2.0**-9, 2.0**-44,
              0.5, 12345.678901234567, 9007199254740993.0, 99999999.0, 1e8, 0.30000000000000004, np.pi, np.nan, np.inf, -np.inf, 123456.789e3]
    for x in values:
        for dtype in ("f8", "f4"):
            x1 = f8(x, dtype)
            case("scalar", x1)
            case("repr", x1)
            case("repr", f8([x], dtype))
            case("str", f8([x, 1.0, -2.5], dtype))
            case("repr", f8([[x, 0.5], [1000.0, 3.25]], dtype))
    for power in range(-149, 128, 3):
        case("scalar", f8(2.0**power, "f4"))
    for power in range(-1074, 1023, 29):
        case("scalar", f8(2.0**power))
    ties = [2.0**-9, 3 * 2.0**-9, 5 * 2.0**-9, 0.125 + 2.0**-9, 1 + 2.0**-9]
    case("repr", f8(ties))
    case("repr", f8(ties), {"precision": 3})
    case("repr", f8([0.999999999, 0.5]))
    case("repr", f8([0.123400004, 5.0]))
    case("repr", f8([9.9999999999e9, 1.0]))
    case("repr", f8([1.25e-10, 2.5e-10]), {"precision": 0})
    case("repr", f8([0.5, 1.5, 2.5]), {"precision": 0})
    for options in ({"precision": 3}, {"precision": 3, "suppress": True}, {"suppress": True}, {"precision": 2, "floatmode": "fixed"}, {"floatmode": "unique"},
                    {"precision": 4, "floatmode": "maxprec_equal"}, {"linewidth": 30}, {"threshold": 5, "edgeitems": 2}, {"threshold": 5}):
        for name in ("v", "A", "N", "C", "M.c", "L.s"):
            case("repr", ref(name), options)
            case("str", ref(name), options)
        for values in ([1e-9, 1.0, 1e4], [1e10, 1e-10], [0.0, 0.0], [np.nan, 1.0], [-1e-7, 100.0], [1e-300, 1e-100]):
            case("repr", f8(values), options)
    big = [int(x) for x in rng.integers(-10**6, 10**6, 60)]
    for dtype in ("i8", "i4"):
        case("repr", {"d": dtype, "s": [60], "v": big})
        case("str", {"d": dtype, "s": [3, 20], "v": big})
        case("repr", {"d": dtype, "s": [3, 4, 5], "v": big})
    for shape in ([0], [0, 3], [2, 0], [3, 0, 2]):
        for dtype in ("f8", "f4", "i8", "b1"):
            case("repr", {"d": dtype, "s": shape, "v": []})
            case("str", {"d": dtype, "s": shape, "v": []})
    counting = {"d": "i8", "s": [1001], "v": list(range(1001))}
    case("repr", counting)
    case("str", counting)
    for n in (1, 5, 6, 7, 8, 17, 18, 19, 20):
        case("repr", {"d": "f4", "s": [n], "v": [k / 2 for k in range(n)]})
        case("repr", {"d": "i4", "s": [n], "v": list(range(n))})
        case("repr", {"d": "f8", "s": [n], "v": [1.1 * k for k in range(n)]})


def linear_algebra():
    for a in ("P", "S", "Q", "P.T", "T", "one", "Af"):
        if INPUTS[a].shape[-1] != INPUTS[a].shape[-2]:
            case("inv", ref(a))
            case("det", ref(a))
            case("cholesky", ref(a))
            continue
        for operation in ("inv", "det", "slogdet"):
            case(operation, ref(a))
        for power in (-2, -1, 0, 1, 2, 3, 5):
            case("matrix_power", ref(a), power)
    for a, b in [("P", "v"), ("P", "Q"), ("S", "u"), ("P", "B"), ("S", "A"), ("T", "T"), ("P", "u"), ("P", "A"), ("A", "v"), ("v", "v"), ("P.T", "i")]:
        case("solve", ref(a), ref(b))
    singular = f8([[1.0, 2.0], [2.0, 4.0]])
    for operation in ("inv", "det", "slogdet", "cholesky", "matrix_rank", "pinv", "svdvals"):
        case(operation, singular)
    case("solve", singular, f8([1.0, 2.0]))
    for values in ([[1, 2], [3, 4]], [[2, 0], [0, 3]], [[0, 1], [1, 0]], [[1, 2, 3], [4, 5, 6], [7, 8, 10]]):
        for operation in ("inv", "det", "slogdet", "svdvals", "matrix_rank"):
            case(operation, i8(values))
    spd = f8((INPUTS["P"] @ INPUTS["P"].T).round(2).tolist())
    for a in (ref("S"), spd, f8([[4.0]]), f8([[4.0, 9.0], [2.0, 3.0]]), f8([[1.0, 2.0], [2.0, 1.0]]), f8([[4.0, 2.0], [2.0, 3.0]], "f4")):
        case("cholesky", a)
        case("eigvalsh", a)
    case("eigvalsh", f8([[2.0, 0.0], [0.0, 2.0]]))
    case("eigvalsh", f8([[0.0, 1.0], [1.0, 0.0]]))
    for a in ("A", "B", "P", "R", "W", "T", "C", "E", "one", "v", "Af", "e"):
        for mode in ("reduced", "complete", "r"):
            if mode != "r":
                case("qr", ref(a), mode)
        if INPUTS[a].size:
            case("svdvals", ref(a))
            case("matrix_rank", ref(a))
            case("pinv", ref(a))
    case("qr", f8([[1.0, 2.0], [0.0, 3.0], [0.0, 0.0]]), "reduced")
    for a, b in [("R", "f5"), ("B", "v"), ("P", "v"), ("W", "u"), ("B", "w"), ("A", "u")]:
        if b == "f5":
            case("lstsq", ref(a), f8([1.0, 2.0, -1.0, 0.5, 3.0]))
        else:
            case("lstsq", ref(a), ref(b))
    case("lstsq", f8([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0]]), f8([1.0, 2.0, 3.0]))
    case("lstsq", ref("A"), ref("v"))
    for a in ("v", "A", "P", "C", "f", "I", "s", "L"):
        case("norm", ref(a))
        for order in (0, 1, 2, 3, -1, -2, 0.5, "inf", "-inf", "fro", "nuc", "bad", 5):
            if INPUTS[a].ndim and a != "L":
                case("norm", ref(a), order)
    for order in (None, 1, 2, "inf", 0, 3):
        case("norm", ref("A"), order, 1)
        case("norm", ref("C"), order, 0, True)
    for order in (None, 1, -1, 2, -2, "fro", "nuc", "inf", "-inf"):
        case("norm", ref("C"), order, [1, 2])
        case("norm", ref("C"), order, [2, 0], True)
    for a, b in [("v", "u"), ("A", "E"), ("v", "A"), ("C", "E"), ("I", "i"), ("s", "v")]:
        case("kron", ref(a), ref(b))


SECTIONS = [creation, operators, views, indexing, reductions, products, sums_of_products, structure, printing, linear_algebra]

if __name__ == "__main__":
    out = {}
    for section in SECTIONS:
        cases = []
        section()
        out[section.__name__] = cases
    document = {
        "numpy": np.__version__,
        "inputs": {name: encode(array) for name, array in BASE.items()},
        "views": VIEWS,
        "cases": out,
    }
    path = pathlib.Path(__file__).parent / "fixtures" / "tensor.json"
    lines = ['{"numpy": ' + json.dumps(document["numpy"])]
    lines.append('"inputs": ' + json.dumps(document["inputs"], separators=(",", ":")))
    lines.append('"views": ' + json.dumps(document["views"], separators=(",", ":")))
    sections = []
    for name, section_cases in out.items():
        body = ",\n".join(json.dumps(c, separators=(",", ":")) for c in section_cases)
        sections.append(f'"{name}": [\n{body}\n]')
    lines.append('"cases": {' + ",\n".join(sections) + "}}")
    path.write_text(",\n".join(lines) + "\n")
    print({name: len(section_cases) for name, section_cases in out.items()}, path.stat().st_size)
