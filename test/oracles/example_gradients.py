"""Values and gradients of small examples, by PyTorch in double precision.

Usage: python3 test/oracles/example_gradients.py (needs torch and numpy)
Every function below states one file of examples/ anew; the tests compare what the command line prints for the file.
"""
import json
from pathlib import Path

import numpy as np
import torch

torch.set_default_dtype(torch.float64)


def leaf(value):
    return torch.tensor(value, requires_grad=True)


def result(output, **leaves):
    gradients = torch.autograd.grad(output, list(leaves.values()))
    return {"value": output.item(), "gradient": {k: g.tolist() for k, g in zip(leaves, gradients)}}


def two_outputs():
    x, w1, w2, w3 = leaf(2.0), leaf(0.5), leaf(1.5), leaf(-0.5)
    hidden = torch.relu(w1 * x)
    loss = 0.5 * (w2 * hidden - 1.0) ** 2 + 0.5 * (w3 * hidden - 0.25) ** 2
    return result(loss, x=x, w1=w1, w2=w2, w3=w3)


def tanh_network():
    x = leaf([0.6, -0.4])
    W1, W2, w3 = leaf([[0.2, -0.5], [0.7, 0.1]]), leaf([[0.4, 0.3], [-0.6, 0.9]]), leaf([0.5, -0.8])
    score = w3 @ torch.tanh(W2 @ torch.tanh(W1 @ x))
    return result(torch.clamp(1 - score, min=0), x=x, W1=W1, W2=W2, w3=w3)


def hinge_loss():
    points = leaf([[2.0, 1.0], [0.5, -1.5], [-1.0, -0.5], [-0.5, 2.0]])
    labels = torch.tensor([1.0, 1.0, -1.0, -1.0])
    w, b = leaf([0.1, -0.3]), leaf(0.2)
    return result(torch.clamp(-labels * (points @ w + b), min=0).sum(), points=points, w=w, b=b)


def paths():
    x = leaf(1.5)
    left, right = x, 2 * x
    for _ in range(5):
        left, right = torch.sin(left) + 0.25 * right, 0.75 * left - 0.5 * right
    return result(left + right, x=x)


def layer_list():
    rng = np.random.default_rng(2)
    layers = [(leaf(rng.normal(0, 0.5, size)), leaf([0.1] * size[1])) for size in ((2, 3), (3, 3), (3, 1))]
    values = torch.tensor([[0.5, -1.0], [1.5, 0.3]])
    for k, (W, b) in enumerate(layers):
        values = values @ W + b
        if k < 2:
            values = torch.tanh(values)
    loss = ((values - torch.tensor([[0.2], [0.9]])) ** 2).mean()
    names = {}
    for k, (W, b) in enumerate(layers):
        names |= {f"layers[{2 * k}].weights": W, f"layers[{2 * k}].bias": b}
    return result(loss, **names)


def activations(function):
    rng = np.random.default_rng(4)
    weights = [leaf(rng.normal(0.0, 0.6, (3, 3))) for _ in range(3)] + [leaf(rng.normal(0.0, 0.6, (3, 1)))]
    values = torch.tensor([[0.5, -0.2, 0.1], [0.3, 0.8, -0.6], [-0.4, 0.1, 0.9]])
    for W in weights[:-1]:
        values = function(values @ W)
    loss = ((values @ weights[-1] - torch.tensor([[0.3], [-0.1], [0.4]])) ** 2).mean()
    return result(loss, **{f"weights[{k}]": W for k, W in enumerate(weights)})


if __name__ == "__main__":
    fixture = {
        "two_outputs.py": {"loss": two_outputs()},
        "tanh_network.py": {"loss": tanh_network()},
        "hinge_loss.py": {"loss": hinge_loss()},
        "paths.py": {"y": paths()},
        "layer_list.py": {"loss": layer_list()},
        "good_and_bad_activations.py": {
            "tanh": activations(torch.tanh),
            "sigmoid": activations(torch.sigmoid),
            "wave": activations(lambda z: torch.sin(100 * z)),
        },
    }
    target = Path(__file__).parent / "fixtures" / "example_gradients.json"
    target.write_text(json.dumps({"torch": torch.__version__, "examples": fixture}, indent=1) + "\n")
