"""Writes fixtures/networks.json: gradients per layer by PyTorch, for test/service/networks.test.ts.

Run with a Python that has PyTorch (Debian: python3-torch):  python3 test/oracles/networks.py

The networks are those of test/service/networks/deep.py, built again from the same random numbers. By name: the loss, and
of each layer in order the norm, minimum, maximum and mean of the gradient by weight and bias together, the number of
its zeros, and the norm of the gradient by the pre-activation.
"""
import json
import pathlib

import numpy as np
import torch

torch.set_default_dtype(torch.float64)
generator = np.random.RandomState(7)
points = torch.tensor(generator.randn(16, 6))
targets = torch.tensor(generator.rand(16, 1))
sizes = [6, 10, 10, 10, 10, 10, 1]
even = [torch.tensor(generator.randn(a, b) / np.sqrt(a)) for a, b in zip(sizes[:-1], sizes[1:])]
zero = [torch.zeros(b) for b in sizes[1:]]


def measured(activation, weights, biases):
    weights = [w.clone().requires_grad_() for w in weights]
    biases = [b.clone().requires_grad_() for b in biases]
    values, sums = points, []
    for weight, bias in zip(weights, biases):
        z = values @ weight + bias
        z.retain_grad()
        sums.append(z)
        values = activation(z)
    loss = ((values - targets) ** 2).mean()
    loss.backward()
    layers = []
    for weight, bias, z in zip(weights, biases, sums):
        gradient = torch.cat([weight.grad.reshape(-1), bias.grad.reshape(-1)])
        layers.append(
            {
                "norm": gradient.norm().item(),
                "min": gradient.min().item(),
                "max": gradient.max().item(),
                "mean": gradient.mean().item(),
                "zeros": int((gradient == 0).sum()),
                "delta": z.grad.norm().item(),
            }
        )
    return {"loss": loss.item(), "layers": layers}


def scaled(factor, at):
    return [factor * w if k == at else w for k, w in enumerate(even)]


networks = {
    "with_tanh": measured(torch.tanh, even, zero),
    "with_sigmoid": measured(torch.sigmoid, even, zero),
    "with_relu": measured(torch.relu, [1.4 * w for w in even], zero),
    "small_third": measured(torch.tanh, scaled(0.0005, 2), zero),
    "large": measured(lambda z: z, [8 * w for w in even], zero),
    "large_fourth": measured(torch.relu, scaled(1000, 3), zero),
    "saturated_second": measured(torch.tanh, scaled(20, 1), zero),
    "dead_third": measured(torch.relu, even, [b - 100 if k == 2 else b for k, b in enumerate(zero)]),
}
path = pathlib.Path(__file__).parent / "fixtures" / "networks.json"
path.write_text(json.dumps(networks, indent=1) + "\n")
