"""Writes fixtures/random_numbers.json (draws of the real NumPy, for test/tensor/random.test.ts) and the edges of NumPy's
ziggurat layers (src/tensor/random/zigguratLayers.ts), which it reads from the static library that NumPy ships.

(Not called random.py: that would hide the standard module of this name.) Run with a Python that has NumPy (Debian: python3-numpy) and binutils:  python3 test/oracles/random_numbers.py
"""
import json
import pathlib
import re
import struct
import subprocess
import tempfile

import numpy as np

HERE = pathlib.Path(__file__).parent


def layer_scales():
    library = pathlib.Path(np.__file__).parent / "random" / "lib" / "libnpyrandom.a"
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["ar", "x", str(library), "--output", folder], check=True)
        path = next(pathlib.Path(folder).glob("*distributions.o"))
        read = lambda *options: subprocess.run(["readelf", *options, path], check=True, capture_output=True, text=True).stdout
        symbol = next(line.split() for line in read("-sW").splitlines() if line.endswith(" wi_double"))
        section = re.search(r"\[\s*%s\]\s+\S+\s+\S+\s+[0-9a-f]+\s+([0-9a-f]+)" % symbol[6], read("-SW"))
        start = int(section.group(1), 16) + int(symbol[1], 16)
        return struct.unpack_from("<256d", path.read_bytes(), start)


def write_layers():
    lines, line = [], " "
    for scale in layer_scales():
        word = f" {scale!r},"
        if len(line) + len(word) > 100:
            lines.append(line)
            line = " "
        line += word
    lines.append(line)
    (HERE.parents[1] / "src" / "tensor" / "random" / "zigguratLayers.ts").write_text(
        "/**\n * Right edges of the 256 ziggurat layers, over 2⁵², to the last bit as NumPy rounds them (a recursion in float64\n"
        " * does not reproduce them). Written by test/oracles/random_numbers.py.\n */\nexport const LAYER_SCALES: readonly number[] = [\n"
        + "\n".join(lines) + "\n];\n")


cases = []


def plain(value):
    if isinstance(value, np.ndarray):
        return {"s": list(value.shape), "v": [x.item() for x in value.ravel()], "d": str(value.dtype)}
    if isinstance(value, np.generic):
        return plain(np.asarray(value))
    return plain(np.asarray(value))


def record(kind, seed, *calls):
    """A sequence of calls on one generator."""
    source = np.random.RandomState(seed) if kind == "RandomState" else np.random.default_rng(seed)
    steps = []
    for name, arguments, options in calls:
        real = [np.array(a["a"]) if isinstance(a, dict) else (tuple(a) if isinstance(a, list) else a) for a in arguments]
        keywords = {key: np.array(value["a"]) if isinstance(value, dict) else tuple(value) if isinstance(value, list) else value
                    for key, value in options.items()}
        try:
            if name == "shuffle":
                result = real[0].copy()
                source.shuffle(result)
            else:
                result = getattr(source, name)(*real, **keywords)
            result = plain(result)
        except Exception as error:
            result = {"e": type(error).__name__, "m": str(error)}
        steps.append([name, arguments, options, result])
    cases.append([kind, seed, steps])


def call(name, *arguments, **options):
    return name, list(arguments), options


def legacy():
    for seed in (0, 1, 42, 123, 2**32 - 1, [1, 2, 3], [5]):
        record("RandomState", seed, call("random_sample", [5]), call("standard_normal", [5]), call("standard_normal", [2, 2]), call("random_sample"),
               call("randint", 0, 10, size=[8]), call("normal", 2.0, 0.5, size=[3]), call("uniform", -1.0, 3.0, size=[2, 3]), call("permutation", 10),
               call("randint", 5), call("standard_normal"))
    record("RandomState", 7, call("randint", 0, 2**31, size=[4]), call("randint", 0, 2**32, size=[4]), call("randint", 0, 2**32 + 1, size=[4]),
           call("randint", -5, 2**45, size=[6]), call("randint", 3, 4, size=[3]), call("randint", 0, 100, size=[5], dtype="int32"),
           call("randint", 0, 100, size=[7], dtype="uint8"), call("randint", -100, 100, size=[7], dtype="int8"), call("randint", 0, 1000, size=[5], dtype="int16"),
           call("randint", 0, 2, size=[9], dtype="bool"), call("randint", 0, 256, size=[5], dtype="uint8"), call("randint", 5, 5), call("randint", 0, 300, dtype="uint8"))
    record("RandomState", 11, call("choice", 10, size=[6]), call("choice", 10, size=[6], replace=False), call("choice", {"a": [10.5, 20.5, 30.5]}, size=[2, 3]),
           call("choice", 5, size=[7], p={"a": [0.1, 0.2, 0.3, 0.4, 0.0]}), call("choice", 6, size=[5], replace=False, p={"a": [0.1, 0.2, 0.3, 0.2, 0.1, 0.1]}),
           call("choice", 5), call("choice", 3, size=[4], replace=False), call("choice", 3, p={"a": [0.5, 0.5]}), call("choice", 3, p={"a": [0.5, 0.4, 0.2]}),
           call("choice", 3, p={"a": [1.5, -0.5, 0.0]}), call("choice", 3, size=[3], replace=False, p={"a": [0.5, 0.5, 0.0]}), call("choice", 0))
    record("RandomState", 13, call("permutation", {"a": [3.5, 1.5, 2.5, 9.5]}), call("permutation", {"a": [[1, 2], [3, 4], [5, 6]]}), call("shuffle", {"a": list(range(20))}),
           call("shuffle", {"a": [[1, 2], [3, 4], [5, 6], [7, 8]]}), call("permutation", 1), call("permutation", 0), call("exponential", 2.0, size=[4]),
           call("normal", {"a": [0.0, 10.0, 20.0]}, {"a": [1.0, 2.0, 3.0]}), call("normal", {"a": [0.0, 10.0]}, 0.5, size=[3, 2]), call("uniform", 0.0, {"a": [1.0, 2.0]}),
           call("normal", 0.0, -1.0), call("normal", {"a": [0.0, 10.0, 1.0]}, 0.5, size=[3, 2]), call("standard_normal", [3]), call("permutation", 300))
    record("RandomState", 5, call("standard_normal", [200]), call("random_sample", [1300]))
    record("RandomState", 99, call("choice", 1000, size=[20], replace=False), call("shuffle", {"a": list(range(100))}))


def modern():
    for seed in (0, 1, 42, 123, 2**32 + 5, 2**52 + 12345, [1, 2, 3, 4, 5, 6], [2**40, 7]):
        record("Generator", seed, call("random", [5]), call("standard_normal", [5]), call("integers", 0, 10, size=[7]), call("normal", 2.0, 0.5, size=[3]),
               call("uniform", -1.0, 3.0, size=[2, 3]), call("permutation", 10), call("integers", 5), call("random"), call("integers", 0, 10, size=[3]))
    record("Generator", 7, call("integers", 0, 2**31, size=[4]), call("integers", 0, 2**32, size=[4]), call("integers", 0, 2**32 + 1, size=[4]),
           call("integers", -5, 2**45, size=[6]), call("integers", 3, 4, size=[3]), call("integers", 0, 100, size=[5], dtype="int32"),
           call("integers", 0, 100, size=[7], dtype="uint8"), call("integers", -100, 100, size=[7], dtype="int8"), call("integers", 0, 1000, size=[5], dtype="int16"),
           call("integers", 0, 2, size=[9], dtype="bool"), call("integers", 0, 256, size=[5], dtype="uint8"), call("integers", 1, 6, size=[5], endpoint=True),
           call("integers", 0, 3000000000, size=[20]), call("integers", 5, 5), call("integers", 0, 2**52, size=[5]))
    record("Generator", 11, call("choice", 10, size=[6]), call("choice", 10, size=[6], replace=False), call("choice", {"a": [10.5, 20.5, 30.5]}, size=[2, 3]),
           call("choice", 5, size=[7], p={"a": [0.1, 0.2, 0.3, 0.4, 0.0]}), call("choice", 6, size=[5], replace=False, p={"a": [0.1, 0.2, 0.3, 0.2, 0.1, 0.1]}),
           call("choice", 5), call("choice", 20000, size=[10], replace=False), call("choice", 20, size=[5], replace=False, shuffle=False),
           call("choice", 3, size=[4], replace=False), call("choice", {"a": [[1, 2], [3, 4], [5, 6]]}, size=[4]), call("choice", 3, p={"a": [0.5, 0.4, 0.2]}))
    record("Generator", 13, call("permutation", {"a": [3.5, 1.5, 2.5, 9.5]}), call("permutation", {"a": [[1, 2], [3, 4], [5, 6]]}), call("shuffle", {"a": list(range(20))}),
           call("shuffle", {"a": [[1, 2], [3, 4], [5, 6], [7, 8]]}), call("permutation", 300), call("random", [4], dtype="float32"), call("random", [3]),
           call("normal", {"a": [0.0, 10.0, 20.0]}, {"a": [1.0, 2.0, 3.0]}))
    # Enough normals to reach wedges and the tail.
    source = np.random.default_rng(2024)
    values = source.standard_normal(200_000)
    order = np.argsort(-np.abs(values))[:60]
    picked = sorted(set(order.tolist()) | set(range(0, 200_000, 2500)))
    cases.append(["picked normals", 2024, {"count": 200_000, "at": picked, "values": [values[i].item() for i in picked], "next": source.random()}])


if __name__ == "__main__":
    write_layers()
    legacy()
    modern()
    body = ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases)
    path = HERE / "fixtures" / "random_numbers.json"
    path.write_text('{"numpy": %s,\n"cases": [\n%s\n]}\n' % (json.dumps(np.__version__), body))
    print(len(cases), path.stat().st_size)
