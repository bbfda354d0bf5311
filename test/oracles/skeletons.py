"""The gradients of PyTorch for the forward passes of test/languages/python/check/skeletons.

Runs the written backward passes in NumPy as well: both have to agree before anything is written down.
    python3 test/oracles/skeletons.py
"""

import json
import pathlib
import runpy

import numpy as np
import torch
import torch.nn.functional as F

HERE = pathlib.Path(__file__).parent
WRITTEN = HERE.parent / "languages" / "python" / "check" / "skeletons" / "written.py"

torch.set_default_dtype(torch.float64)
rng = np.random.default_rng(20240611)


def normal(*shape):
    return np.round(rng.normal(size=shape), 3)


def cached(name):
    return lambda given: f"gradients = {name}_backward(dout, {name}_forward({given})[1])"


def whole(name):
    return lambda given: f"gradients = {name}({given})"


def alone(code):
    """Of one gradient that is returned by itself."""
    return lambda given: code(given).replace("gradients = ", "gradients = [") + "]"


def layer(made, fields=()):
    def code(given):
        also = "".join(f", layer.{f}" for f in fields)
        returned = "list(g) if isinstance(g, tuple) else [g]"
        return f"layer = {made}()\nlayer.forward({given})\ng = layer.backward(dout)\ngradients = {returned}\n" + (
            f"gradients = gradients + [{also[2:]}]" if fields else ""
        )

    return code


W = torch.tensor([[0.3, -0.2, 0.5], [0.1, 0.7, -0.4]], requires_grad=True)
B = torch.tensor([0.1, -0.3, 0.2], requires_grad=True)


def attention(q, k, v):
    return F.softmax(q @ k.T / q.shape[1] ** 0.5, dim=1) @ v


def gate(x, w, u, b):
    a = torch.sigmoid(x @ w + b)
    return a * torch.tanh(x @ u) + (1 - a) * x


def contrast(x, y):
    return (F.relu(1.5 - (x - y).norm(dim=1)) ** 2).sum()


def softmax_loss(scores, labels):
    return -(labels * F.log_softmax(scores, dim=1)).sum() / len(scores)


def ridge(w, x, y):
    return 0.5 * ((x @ w - y) ** 2).mean() + 0.05 * (w**2).sum()


LABELS = np.abs(normal(4, 3)) + 0.1
LABELS = LABELS / LABELS.sum(axis=1, keepdims=True)

# Name, inputs, the forward pass in PyTorch, what it is differentiated by, and the call of what was written.
CASES = [
    ("affine_backward", dict(x=normal(5, 3), w=normal(3, 2), b=normal(2)), lambda x, w, b: F.linear(x, w.T, b), "x w b", cached("affine")),
    ("softmax_loss_gradient", dict(scores=normal(4, 3), labels=LABELS), softmax_loss, "scores", alone(whole("softmax_loss_gradient"))),
    ("layer_norm_backward", dict(x=normal(5, 3), gamma=normal(3), beta=normal(3)), lambda x, g, b: F.layer_norm(x, (3,), g, b, 1e-5), "x gamma beta", cached("layer_norm")),
    ("batch_norm_backward", dict(x=normal(5, 3), gamma=normal(3), beta=normal(3)), lambda x, g, b: F.batch_norm(x, None, None, g, b, True, 0.1, 1e-5), "x gamma beta", cached("batch_norm")),
    ("attention_backward", dict(q=normal(5, 3), k=normal(4, 3), v=normal(4, 2)), attention, "q k v", cached("attention")),
    ("rms_norm_backward", dict(x=normal(5, 3), g=normal(3)), lambda x, g: x * torch.rsqrt((x**2).mean(-1, keepdim=True) + 1e-6) * g, "x g", cached("rms_norm")),
    ("cosine_similarity_gradient", dict(a=normal(6), b=normal(6)), lambda a, b: F.cosine_similarity(a, b, dim=0), "a", alone(whole("cosine_similarity_gradient"))),
    ("ridge_loss_gradient", dict(w=normal(3), x=normal(5, 3), y=normal(5)), ridge, "w", alone(whole("ridge_loss_gradient"))),
    ("logistic_loss_gradient", dict(w=normal(3), x=normal(5, 3), y=np.sign(normal(5))), lambda w, x, y: F.soft_margin_loss(x @ w, y), "w", alone(whole("logistic_loss_gradient"))),
    ("gate_backward", dict(x=normal(5, 3), w=normal(3, 3), u=normal(3, 3), b=normal(3)), gate, "x w u b", cached("gate")),
    ("pool_backward", dict(x=normal(6, 3)), lambda x: F.avg_pool1d(x.T[None], 2)[0].T, "x", alone(cached("pool"))),
    ("embedding_backward", dict(table=normal(2, 4)), lambda t: 2 * F.embedding(torch.tensor([0, 1, 1, 0, 1]), t)[:, 1:], "table", alone(cached("embedding"))),
    ("gram_backward", dict(x=normal(5, 3)), lambda x: (x.T @ x).square().mean() * 9 / 15, "x", alone(cached("gram"))),
    ("contrast_backward", dict(x=normal(5, 2) / 2, y=normal(5, 2) / 2), contrast, "x y", cached("contrast")),
    ("Dense.backward", dict(x=normal(5, 2)), lambda x: torch.tanh(F.linear(x, W.T, B)), "x", layer("Dense", ["dW", "db"])),
    ("SoftmaxLayer.backward", dict(x=normal(5, 3)), lambda x: F.softmax(x, dim=-1), "x", layer("SoftmaxLayer")),
    ("MultiHead.backward", dict(q=normal(3, 2, 5), k=normal(4, 2, 5)), lambda q, k: q.transpose(0, 1) @ k.permute(1, 2, 0) / 5**0.5, "q k", layer("MultiHead")),
]  # fmt: skip


def main():
    written = runpy.run_path(str(WRITTEN))
    fixture = []
    for name, inputs, forward, by, call in CASES:
        tensors = {k: torch.tensor(v, requires_grad=k in by.split()) for k, v in inputs.items()}
        out = forward(*tensors.values())
        dout = normal(*out.shape) if out.ndim else np.round(rng.normal(), 3) if "backward" in name else np.float64(1)
        leaves = [tensors[k] for k in by.split()] + ([W, B] if name.startswith("Dense") else [])
        expected = torch.autograd.grad(out, leaves, torch.tensor(dout))
        given = {**inputs, "dout": dout}
        setup = "".join(f"{k} = np.array({np.asarray(v).tolist()})\n" for k, v in given.items())
        code = setup + call(", ".join(inputs))
        scope = dict(written)
        exec(code, scope)
        found = list(scope["gradients"])
        assert len(found) == len(expected), name
        for g, e in zip(found, expected):
            np.testing.assert_allclose(g, e.numpy(), rtol=1e-9, atol=1e-12, err_msg=name)
        fixture.append({"name": name, "code": code, "gradients": [e.numpy().ravel().tolist() for e in expected]})
    (HERE / "fixtures" / "skeletons.json").write_text(json.dumps(fixture, indent=1) + "\n")
    print(f"{len(fixture)} backward passes agree with PyTorch {torch.__version__}")


main()
