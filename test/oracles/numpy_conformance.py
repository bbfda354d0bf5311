"""Evaluates NumPy and SciPy snippets with the real libraries and writes their values.

Usage: /usr/bin/python3 test/oracles/numpy_conformance.py (needs numpy and scipy)
Every file of test/languages/python/{numpy,scipy}/conformance/*.txt is a category, every line a snippet: statements of
which the last expression is the value; `⏎` stands for a line break. The fixture holds, for each snippet, the program that
names its value `r`, that value (or the exception), and what was printed.
"""
import ast
import contextlib
import io
import json
import pathlib
import platform
import warnings

import numpy as np
import scipy

ROOT = pathlib.Path(__file__).parent
FOLDERS = {name: ROOT.parent / "languages" / "python" / name / "conformance" for name in ("numpy", "scipy")}
warnings.simplefilter("ignore")


def number(x):
    if isinstance(x, (bool, np.bool_)):
        return bool(x)
    if isinstance(x, (int, np.integer)):
        return int(x)
    if np.isnan(x):
        return "NaN"
    if np.isinf(x):
        return "Infinity" if x > 0 else "-Infinity"
    return float(x)


def encode(value):
    if isinstance(value, np.ndarray) and value.dtype.kind in "biuf":
        return {
            "array": str(value.dtype),
            "shape": list(value.shape),
            "values": [number(x) for x in value.reshape(-1).tolist()],
        }
    if isinstance(value, np.generic) and value.dtype.kind in "biuf":
        return {"scalar": str(value.dtype), "value": number(value)}
    if value is None or isinstance(value, (bool, int, str)):
        return {"plain": value}
    if isinstance(value, float):
        return {"float": number(value)}
    if isinstance(value, np.dtype):
        return {"dtype": value.name}
    if isinstance(value, (tuple, list)):
        return {"list" if isinstance(value, list) else "tuple": [encode(v) for v in value]}
    if isinstance(value, dict):
        return {"dict": [[encode(k), encode(v)] for k, v in value.items()]}
    return {"other": type(value).__name__}


def program(snippet):
    source = snippet.replace("⏎", "\n")
    tree = ast.parse(source)
    last = tree.body[-1]
    if isinstance(last, ast.Expr) and not (isinstance(last.value, ast.Call) and ast.unparse(last.value.func) == "print"):
        lines = source.split("\n")
        line = lines[last.lineno - 1]
        head = line.encode()[: last.col_offset].decode()
        lines[last.lineno - 1] = head + "r = " + line[len(head):]
        source = "\n".join(lines)
    return "import numpy as np\n" + source + "\n"


def run(snippet):
    source = program(snippet)
    out = io.StringIO()
    entry = {"program": source}
    scope = {"__name__": "__main__"}
    with contextlib.redirect_stdout(out), np.errstate(all="ignore"), np.printoptions():
        try:
            exec(compile(source, "snippet", "exec"), scope)
            if "r" in scope:
                entry["value"] = encode(scope["r"])
        except Exception as error:  # noqa: BLE001 - the name of what escapes is part of the result
            entry["error"] = {"type": type(error).__name__, "message": str(error)}
    if out.getvalue():
        entry["printed"] = out.getvalue()
    return entry


if __name__ == "__main__":
    result = {"python": platform.python_version(), "numpy": np.__version__, "scipy": scipy.__version__, "libraries": {}}
    for name, folder in FOLDERS.items():
        result["libraries"][name] = {
            path.stem: {line: run(line) for line in path.read_text().splitlines() if line and not line.startswith("#")}
            for path in sorted(folder.glob("*.txt"))
        }
    target = ROOT / "fixtures" / "numpy_conformance.json"
    target.write_text(json.dumps(result, indent=0, ensure_ascii=False) + "\n")
    counts = {name: sum(map(len, categories.values())) for name, categories in result["libraries"].items()}
    print(f"{counts}, NumPy {np.__version__}, SciPy {scipy.__version__}")
