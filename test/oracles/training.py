"""Writes fixtures/training.json: what the examples with training loops compute in each turn, by NumPy.

Run with a Python that has NumPy (Debian: python3-numpy):  python3 test/oracles/training.py

By file: of the loss (or the mistakes) one number a turn; of each parameter its elements when a turn begins, and after
the last. The program itself is run, with a line added at the end of the loop's body and one before the loop.
"""
import contextlib
import io
import json
import pathlib

import numpy as np

root = pathlib.Path(__file__).parent.parent.parent


def watched(file, head, last, loss, names):
    text = (root / "examples" / file).read_text()
    look = f"_seen.append([np.array(v, dtype=float).reshape(-1).tolist() for v in ({', '.join(names)},)])"
    assert text.count(f"\n{head}\n") == 1 and text.count(f"\n{last}\n") == 1
    text = text.replace(f"\n{head}\n", f"\n{look}\n{head}\n")
    text = text.replace(f"\n{last}\n", f"\n{last}\n    {look}; _losses.append(float({loss}))\n")
    space = {"_seen": [], "_losses": []}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(text, file, "exec"), space)
    return {"losses": space["_losses"], "parameters": {n: [s[i] for s in space["_seen"]] for i, n in enumerate(names)}}


result = {
    "perceptron.py": watched("perceptron.py", "while mistakes > 0:", "    turns += 1", "mistakes", ["w", "b"]),
    "exclusive_or.py": watched(
        "exclusive_or.py",
        "for turn in range(300):",
        "    b1 -= learning_rate * d_hidden.sum(axis=0)",
        "loss",
        ["W1", "b1", "W2", "b2"],
    ),
}
path = pathlib.Path(__file__).parent / "fixtures" / "training.json"
path.write_text(json.dumps(result, separators=(",", ":")) + "\n")
