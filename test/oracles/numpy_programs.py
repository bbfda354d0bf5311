"""Runs small NumPy programs with the real NumPy and writes what they print, and their gradients.

Usage: python3 test/oracles/numpy_programs.py (needs numpy)
Every file of test/languages/python/numpy/programs/*.py is a category; `#%% title` begins a program and
`#%% title [x, W]` one that ends with a scalar `loss`, to be differentiated by the arrays or floats x and W.
A derivative is Ridders' extrapolation of centre differences, with each entry of the leaf changed where the leaf is first
assigned.
"""
import ast
import contextlib
import io
import json
import pathlib
import platform
import re

import numpy as np
from numpy_gradients import ridders

ROOT = pathlib.Path(__file__).parent
FOLDER = ROOT.parent / "languages" / "python" / "numpy" / "programs"


def programs(text):
    for part in re.split(r"^#%% ?", text, flags=re.M)[1:]:
        head, _, body = part.partition("\n")
        title, leaves = re.fullmatch(r"(.*?)(?:\s*\[(.*)\])?\s*", head).groups()
        yield title, body, [name.strip() for name in leaves.split(",")] if leaves else []


def run(source):
    out = io.StringIO()
    with contextlib.redirect_stdout(out), np.errstate(all="ignore"), np.printoptions():
        try:
            exec(compile(source, "program", "exec"), {"__name__": "__main__"})
        except BaseException as error:  # noqa: BLE001 - the name of what escapes is part of the result
            print(f"!{type(error).__name__}: {error}")
    return out.getvalue()


class Perturbed(ast.NodeTransformer):
    """Wraps the first assignment of a name at the top level in a call of `__leaf__`."""

    def __init__(self, leaf):
        self.leaf = leaf
        self.done = False

    def visit_Assign(self, node):
        target = node.targets[0]
        if not self.done and isinstance(target, ast.Name) and target.id == self.leaf:
            self.done = True
            node.value = ast.Call(ast.Name("__leaf__", ast.Load()), [node.value], [])
        return node


def gradient(source, leaf):
    transformer = Perturbed(leaf)
    code = compile(ast.fix_missing_locations(transformer.visit(ast.parse(source))), "program", "exec")
    assert transformer.done, leaf
    shape = []

    def loss(index, change):
        def perturb(value):
            shape[:] = [np.shape(value)]
            array = np.array(value, dtype=float)
            if index is not None:
                array.reshape(-1)[index] += change
            return array if np.ndim(value) else float(array)

        scope = {"__name__": "__main__", "__leaf__": perturb}
        with contextlib.redirect_stdout(io.StringIO()):
            exec(code, scope)
        return float(scope["loss"])

    value = loss(None, 0)
    slopes = []
    for index in range(int(np.prod(shape[0]))):
        slopes.append(ridders(lambda t: loss(index, t), start=1e-2))
    return value, slopes


def result(body, leaves):
    entry = {"output": run(body)}
    for leaf in leaves:
        entry["loss"], slopes = gradient(body, leaf)
        entry.setdefault("gradients", {})[leaf] = slopes
    return entry


if __name__ == "__main__":
    categories = {
        path.stem: {title: result(body, leaves) for title, body, leaves in programs(path.read_text())}
        for path in sorted(FOLDER.glob("*.py"))
    }
    target = ROOT / "fixtures" / "numpy_programs.json"
    record = {"python": platform.python_version(), "numpy": np.__version__, "categories": categories}
    target.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n")
    print(f"{sum(map(len, categories.values()))} programs, NumPy {np.__version__}")
