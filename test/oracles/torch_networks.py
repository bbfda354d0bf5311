"""Losses and gradients of whole networks by PyTorch, written once more there.

Usage: /usr/bin/python3 test/oracles/torch_networks.py (needs torch and numpy)
A network is a NumPy program of test/languages/python/networks or of examples/, which is run for the numbers that it starts from;
the forward pass is that of PyTorch (float64). Of an array of more than 200 elements the fixture holds the sum of its
elements weighted by cos(1), cos(2) …
"""
import contextlib
import io
import json
import pathlib

import numpy as np
import torch
import torch.nn.functional as F

ROOT = pathlib.Path(__file__).parent
REPOSITORY = ROOT.parent.parent
torch.set_default_dtype(torch.float64)


def run(path, until=None):
    source = (REPOSITORY / path).read_text()
    scope = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(source[: source.index(until)] if until else source, scope)
    return scope


def tensor(x):
    return torch.tensor(np.array(x))


def two_layers(x, W1, b1, W2, b2, t):
    return F.binary_cross_entropy_with_logits(F.linear(torch.tanh(F.linear(x, W1.T, b1)), W2.T, b2), t)


def classifier(x, W1, b1, W2, b2, t):
    return F.cross_entropy(F.linear(torch.relu(F.linear(x, W1.T, b1)), W2.T, b2), t.argmax(1))


def softmax_regression(X, y, W, b):
    return F.cross_entropy(F.linear(X, W.T, b), y) + 0.1 * W.square().sum()


def convolution(images, labels, kernels, kernel_bias, W, b):
    pooled = F.max_pool2d(torch.relu(F.conv2d(images, kernels, kernel_bias)), 2)
    return F.cross_entropy(pooled.flatten(1) @ W + b, labels)


def lstm(xs, target, Wx, Wh, b):
    n = Wh.shape[0]
    # PyTorch orders the gates input, forget, cell, output.
    order = torch.cat([torch.arange(n), torch.arange(n, 2 * n), torch.arange(3 * n, 4 * n), torch.arange(2 * n, 3 * n)])
    h = c = torch.zeros(xs.shape[1], n)
    for x in xs:
        h, c = torch._VF.lstm_cell(x, (h, c), Wx[:, order].T, Wh[:, order].T, b[order], torch.zeros(4 * n))
    return F.mse_loss(h, target)


def batch_normalisation(x, t, W1, gamma, beta, W2):
    scaled = F.batch_norm(x @ W1, None, None, gamma, beta, training=True, eps=1e-5)
    return 0.5 * (F.leaky_relu(scaled, 0.1) @ W2 - t).square().sum() / len(x)


def attention(x, Wq, Wk, Wv, gain, target):
    scores = (x @ Wq) @ (x @ Wk).mT / 5**0.5
    scores = scores.masked_fill(torch.ones(4, 4).triu(1) > 0, -1e9)
    out = x + F.softmax(scores, -1) @ (x @ Wv)
    return F.l1_loss(F.layer_norm(out, (6,), gain, eps=1e-6), target)


OWN = "test/languages/python/networks/"
# The file, the trace in it, the forward pass, its arguments in the trace (with how the program names them), how far to run.
NETWORKS = [
    ("examples/two_layer_network.py", "loss", two_layers, {"points": "points", "W1": "W1", "b1": "b1", "W2": "W2", "b2": "b2", "labels": "labels"}, None),
    ("examples/layers.py", "Network.loss", classifier,
     {"inputs": "inputs", "self.hidden.weights": "network.hidden.weights", "self.hidden.bias": "network.hidden.bias",
      "self.output.weights": "network.output.weights", "self.output.bias": "network.output.bias", "labels": "labels"}, "for step"),
    ("examples/digit_network.py", "DigitNetwork.loss", classifier,
     {"inputs": "few", **{f"self.params['{k}']": f"network.params['{k}']" for k in ("W1", "b1", "W2", "b2")}, "labels": "their_labels"}, "learning_rate"),
    (OWN + "softmax_regression.py", "loss", softmax_regression, {k: k for k in ("X", "y", "W", "b")}, None),
    (OWN + "convolution_by_loops.py", "loss", convolution, {k: k for k in ("images", "labels", "kernels", "kernel_bias", "W", "b")}, None),
    (OWN + "lstm_steps.py", "loss", lstm, {k: k for k in ("xs", "target", "Wx", "Wh", "b")}, None),
    (OWN + "batch_normalisation.py", "loss", batch_normalisation, {k: k for k in ("x", "t", "W1", "gamma", "beta", "W2")}, None),
    (OWN + "attention_head.py", "loss", attention, {k: k for k in ("x", "Wq", "Wk", "Wv", "gain", "target")}, None),
]


def digest(gradient):
    flat = gradient.numpy().reshape(-1)
    if flat.size <= 200:
        return {"shape": list(gradient.shape), "elements": flat.tolist()}
    return {"shape": list(gradient.shape), "weighted": float(flat @ np.cos(np.arange(flat.size) + 1.0))}


if __name__ == "__main__":
    entries = []
    for path, name, forward, arguments, until in NETWORKS:
        scope = run(path, until)
        # softmax_regression shifts its scores in place, the LSTM loops over a name: the leaves are those at the start.
        leaves = {k: tensor(eval(v, scope)) for k, v in arguments.items()}
        for leaf in leaves.values():
            if leaf.is_floating_point():
                leaf.requires_grad_()
        loss = forward(*leaves.values())
        loss.backward()
        gradients = {k: digest(leaf.grad) for k, leaf in leaves.items() if leaf.grad is not None and k not in ("x", "labels")}
        entries.append({"file": path, "trace": name, "loss": loss.item(), "gradients": gradients})
    target = ROOT / "fixtures" / "torch_networks.json"
    target.write_text(json.dumps({"torch": torch.__version__, "networks": entries}, indent=1) + "\n")
    print(f"{len(entries)} networks, PyTorch {torch.__version__}: {[round(e['loss'], 6) for e in entries]}")
