"""Differentiates NumPy and SciPy snippets numerically with the real libraries.

Usage: /usr/bin/python3 test/oracles/numpy_gradients.py (needs numpy and scipy)
Every file of test/languages/python/{numpy,scipy}/gradients/*.txt is a category, every line a snippet over the inputs of
POINT; `⏎` stands for a line break. The loss is the sum of the results of the last expression, each weighted by cos(1), cos(2) …
in row-major order. Derivatives are Ridders' extrapolation of centre differences, taken where its own error estimate is least.
"""
import ast
import json
import pathlib

import numpy as np
import scipy

ROOT = pathlib.Path(__file__).parent
FOLDERS = {name: ROOT.parent / "languages" / "python" / name / "gradients" for name in ("numpy", "scipy")}
POINT = {
    "x": [0.5, -1.2, 2.1],
    "p": [0.8, 1.3, 2.6],
    "q": [0.2, 0.45, 0.83],
    "s": 0.7,
    "A": [[0.4, -0.9, 1.7], [2.2, 0.3, -0.6]],
    "M": [[1.5, 0.2, -0.4], [0.7, -1.1, 0.3], [0.1, 0.6, 2.0]],
    "S": [[2.0, 0.3, 0.1], [0.3, 1.5, -0.2], [0.1, -0.2, 1.1]],
    "T": [[[0.1, 0.5], [-0.3, 1.2], [0.7, -0.8]], [[1.1, 0.2], [0.4, -0.6], [0.9, 0.3]]],
}


def program(snippet):
    """The snippet with its value named `r` and the loss, and which inputs it uses."""
    source = snippet.replace("⏎", "\n")
    head = source.rfind("; ") + 2 if source.startswith("from ") else 0
    source = source[: max(head - 2, 0)] + "\n" * (head > 0) + source[head:]
    tree = ast.parse(source)
    last = tree.body[-1]
    lines = source.split("\n")
    lines[last.lineno - 1] = "r = " + lines[last.lineno - 1]
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    inputs = [name for name in POINT if name in used]
    given = "".join(f"{name} = {POINT[name]!r}\n" if name == "s" else f"{name} = np.array({POINT[name]!r})\n" for name in inputs)
    if "s" in inputs:
        given = given.replace("s = 0.7", "s = np.float64(0.7)")
    text = "import numpy as np\n" + given + "\n".join(lines) + "\n"
    return text + "loss = np.sum(np.cos(np.arange(np.size(r)) + 1.0) * np.ravel(r))\n", inputs


def value_at(code, inputs, changes):
    scope = {}
    exec(code, scope)
    return scope["loss"]


def differentiate(text, inputs):
    """Derivatives by every entry of every input."""
    tree = ast.parse(text)
    body = [n for n in tree.body if not (isinstance(n, ast.Assign) and getattr(n.targets[0], "id", "") in inputs and n.lineno <= 1 + len(inputs))]
    code = compile(ast.Module(body, []), "snippet", "exec")

    def loss(point):
        scope = {name: (np.float64(v) if np.ndim(v) == 0 else np.array(v)) for name, v in point.items()}
        exec(code, scope)
        return float(scope["loss"])

    point = {name: np.array(POINT[name]) for name in inputs}
    gradients = {}
    for name in inputs:
        flat = []
        for index in np.ndindex(point[name].shape):

            def along(t):
                moved = {k: v.copy() for k, v in point.items()}
                moved[name][index] += t
                return loss(moved)

            flat.append(ridders(along))
        gradients[name] = flat
    return loss(point), gradients


def ridders(f, start=0.04, shrink=1.6, levels=12):
    """Ridders (1982), Accurate computation of F'(x): Neville's extrapolation of centre differences to a step of 0."""
    table = [[0.0] * levels for _ in range(levels)]
    best, error = None, np.inf
    h = start
    for i in range(levels):
        table[0][i] = (f(h) - f(-h)) / (2 * h)
        factor = shrink**2
        for j in range(1, i + 1):
            table[j][i] = (table[j - 1][i] * factor - table[j - 1][i - 1]) / (factor - 1)
            factor *= shrink**2
            guess = max(abs(table[j][i] - table[j - 1][i]), abs(table[j][i] - table[j - 1][i - 1]))
            if guess <= error:
                best, error = table[j][i], guess
        h /= shrink
    return best


if __name__ == "__main__":
    result = {"numpy": np.__version__, "scipy": scipy.__version__, "libraries": {}}
    for name, folder in FOLDERS.items():
        result["libraries"][name] = {}
        for path in sorted(folder.glob("*.txt")):
            entries = {}
            for line in path.read_text().splitlines():
                if not line:
                    continue
                text, inputs = program(line)
                value, gradients = differentiate(text, inputs)
                entries[line] = {"program": text, "loss": value, "gradients": gradients}
            result["libraries"][name][path.stem] = entries
    target = ROOT / "fixtures" / "numpy_gradients.json"
    target.write_text(json.dumps(result, indent=0, ensure_ascii=False) + "\n")
    counts = {name: sum(map(len, c.values())) for name, c in result["libraries"].items()}
    print(f"{counts}, NumPy {np.__version__}, SciPy {scipy.__version__}")
