"""Writes fixtures/training_scripts.json: what the programs of test/service/training_scripts leave behind, by NumPy.

Run with a Python that has NumPy (Debian: python3-numpy):  python3 test/oracles/training_scripts.py

By file: the norms of the parameters after the last turn, and the last loss. For list_of_layers.py also the norms of the
gradient of the last loss by the parameters that it uses, by central differences.
"""
import contextlib
import io
import json
import pathlib

import numpy as np

here = pathlib.Path(__file__).parent
scripts = here.parent / "service" / "training_scripts"


def run(file):
    text = (scripts / file).read_text()
    space = {"__name__": "__main__"}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(text, file, "exec"), space)
    return space


def left(file, loss, names):
    space = run(file)
    norms = {name: float(np.linalg.norm(np.ravel(eval(name, space)))) for name in names}
    return {"loss": float(eval(loss, space)), "norms": norms}


def keyed(name, keys):
    return [f"{name}['{key}']" for key in keys]


def differences(file):
    """Norms of the gradient by each parameter array, at what the training has left."""
    space = run(file)
    params, norms = space["params"], {}
    for i, pair in enumerate(params):
        for k, array in enumerate(pair):
            gradient = np.zeros_like(array)
            for at in np.ndindex(array.shape):
                kept, h = array[at], 1e-5
                array[at] = kept + h
                above = space["loss_fn"](params, space["xs"], space["ts"])
                array[at] = kept - h
                below = space["loss_fn"](params, space["xs"], space["ts"])
                array[at] = kept
                gradient[at] = (above - below) / (2 * h)
            norms[f"params[{i}][{k}]"] = float(np.linalg.norm(gradient))
    return norms


lstm = [f"net.{w}{gate}" for w in "Wb" for gate in "ficoy"]
result = {
    "logistic_regression.py": left("logistic_regression.py", "J", ["theta"]),
    "adam.py": left("adam.py", "loss", keyed("params", ["W1", "b1", "W2", "b2", "W3", "b3"])),
    "momentum_batches.py": left("momentum_batches.py", "loss", ["W", "b", "W2", "b2"]),
    "character_rnn.py": left("character_rnn.py", "smooth_loss", ["Wxh", "Whh", "Why", "bh", "by", "smooth_loss"]),
    "convolution_im2col.py": left("convolution_im2col.py", "loss", ["conv.W", "conv.b", "fc.W", "fc.b"]),
    "list_of_layers.py": left("list_of_layers.py", "loss", [f"params[{i}][{k}]" for i in range(4) for k in range(2)]),
    "adversaries.py": left("adversaries.py", "g_loss", keyed("d", "wbvc") + keyed("g", "wbvc")),
    "lstm.py": left("lstm.py", "total", lstm),
    "scalar_engine.py": left("scalar_engine.py", "loss.data", ["n.layers[0].neurons[0].w[0].data", "n.layers[2].neurons[0].b.data"]),
}
digits = keyed("network.params", ["W1", "b1", "W2", "b2"])
result["digit_batches.py"] = left("digit_batches.py", "loss", digits)
result["digit_batches.py"]["accuracies"] = [float(x) for x in run("digit_batches.py")["train_acc_list"]]
# Rewards, and a loop whose loss is computed after it.
result["policy_gradient.py"] = left("policy_gradient.py", "baseline", ["W", "baseline"])
result["step_function.py"] = left("step_function.py", "cost", ["m", "b"])
result["list_of_layers.py"]["gradients"] = differences("list_of_layers.py")
(here / "fixtures" / "training_scripts.json").write_text(json.dumps(result, indent=1) + "\n")
