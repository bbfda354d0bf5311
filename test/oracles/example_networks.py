"""Runs the networks of examples/ with the real NumPy and writes their losses and gradients.

Usage: /usr/bin/python3 test/oracles/example_networks.py (needs numpy)
Gradients are those of the hand-written backward passes and, for numerical_gradient.py, what it prints. Of a large array the
fixture holds the sum of its elements weighted by cos(1), cos(2) …, its largest modulus and its first element that is not 0.
"""
import contextlib
import io
import json
import pathlib
import re

import numpy as np

ROOT = pathlib.Path(__file__).parent
EXAMPLES = ROOT.parent.parent / "examples"


def run(name, until=None):
    source = (EXAMPLES / name).read_text()
    out = io.StringIO()
    scope = {}
    with contextlib.redirect_stdout(out):
        exec(source[: source.index(until)] if until else source, scope)
    return scope, out.getvalue()


def digest(array):
    flat = array.reshape(-1)
    first = int(np.flatnonzero(flat)[0])
    return {
        "shape": list(array.shape),
        "weighted": float(flat @ np.cos(np.arange(flat.size) + 1.0)),
        "largest": float(np.abs(flat).max()),
        "first": [first, float(flat[first])],
    }


if __name__ == "__main__":
    layers, _ = run("layers.py", "for step")
    network = layers["network"]
    by_hand = network.gradients(layers["inputs"], layers["labels"])
    names = ["self.hidden.weights", "self.hidden.bias", "self.output.weights", "self.output.bias"]
    digits, printed = run("digit_network.py")
    assert printed.count("True") == 4 and digits["network"].accuracy(digits["images"], digits["labels"]) == 1, printed
    _, numerical = run("numerical_gradient.py")
    result = {
        "numpy": np.__version__,
        "layers.py": {
            "loss": float(network.loss(layers["inputs"], layers["labels"])),
            "gradients": {name: digest(g) for name, g in zip(names, by_hand)},
        },
        "digit_network.py": {
            "loss": float(digits["loss"]),
            "gradients": {f"self.params['{k}']": digest(g) for k, g in digits["by_hand"].items()},
        },
        "numerical_gradient.py": [float(x) for x in re.findall(r"\d+\.\d+", numerical)] + [int(numerical.split()[-1])],
    }
    (ROOT / "fixtures" / "example_networks.json").write_text(json.dumps(result, indent=1) + "\n")
    print(f"NumPy {np.__version__}")
