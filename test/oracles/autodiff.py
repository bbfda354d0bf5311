"""Writes fixtures/autodiff.json: derivatives by PyTorch and SymPy, for test/autodiff/oracles.test.ts.

Run with a Python that has both (Debian: python3-torch, python3-sympy):  python3 test/oracles/autodiff.py

  elementwise  [op, [operand, ...], value, [gradient by each operand]]
  tensor       [op, attributes, [operand, ...], value, [gradient by each operand, null if it has none]]
  layers       [name, options, [operand, ...], value, [gradient by each operand]]
  points       [op, [x, y], value, [dx, dy], [dxx, dxy, dyy]]: 30 digits by SymPy, rounded once
  problems     test functions of More, Garbow and Hillstrom (1981), at their standard starting points

An array is {"s": shape, "v": values}. Gradients are of the sum of the value's elements weighted by w_k = ((7k + 3) mod 11
- 5) / 4 in row-major order. In a problem, a step is [op, a] or [op, a, b]; an operand is the number of an earlier row
(inputs first) or a constant in quotes.
"""
import itertools
import json
import math
import pathlib

import numpy as np
import scipy
import sympy as sp
import torch
import torch.nn.functional as F
from scipy import special

torch.set_default_dtype(torch.float64)
rng = np.random.default_rng(1964)


def weights(shape):
    n = int(np.prod(shape))
    return torch.tensor([((7 * k + 3) % 11 - 5) / 4 for k in range(n)]).reshape(shape)


def encode(t):
    t = t.detach()
    return {"s": list(t.shape), "v": [float(x) if math.isfinite(x) else str(float(x)).replace("inf", "Infinity") for x in t.reshape(-1)]}


def draw(shape, low=-2.0, high=2.0):
    return torch.tensor(np.round(rng.uniform(low, high, shape), 3))


def run(f, operands, fixed=()):
    leaves = [x.clone().requires_grad_(i not in fixed) for i, x in enumerate(operands)]
    value = f(*leaves)
    if value.numel() and value.requires_grad:
        (value * weights(value.shape)).sum().backward()
    grads = []
    for i, x in enumerate(leaves):
        if i in fixed:
            grads.append(None)
        else:
            grads.append(encode(x.grad if x.grad is not None else torch.zeros_like(x)))
    return encode(value), grads


# name -> (function, ranges of the operands). Not digamma: this PyTorch's trigamma has nine correct digits; SymPy has it.
U = (-2.0, 2.0)
P = (0.2, 3.0)
O = (-0.9, 0.9)
UNARY = {
    "neg": (lambda x: -x, U), "square": (torch.square, U), "reciprocal": (torch.reciprocal, P), "sqrt": (torch.sqrt, P),
    "cbrt": (lambda x: x ** (1 / 3), P), "abs": (torch.abs, P), "sign": (torch.sign, P), "floor": (torch.floor, (0.1, 0.9)),
    "ceil": (torch.ceil, (0.1, 0.9)), "round": (torch.round, (0.1, 0.4)), "exp": (torch.exp, U), "exp2": (torch.exp2, U),
    "expm1": (torch.expm1, U), "log": (torch.log, P), "log1p": (torch.log1p, P), "log2": (torch.log2, P), "log10": (torch.log10, P),
    "sin": (torch.sin, U), "cos": (torch.cos, U), "tan": (torch.tan, (-1.2, 1.2)), "sec": (lambda x: 1 / torch.cos(x), (-1.2, 1.2)),
    "csc": (lambda x: 1 / torch.sin(x), (0.3, 2.5)), "cot": (lambda x: torch.cos(x) / torch.sin(x), (0.3, 2.5)),
    "asin": (torch.asin, O), "acos": (torch.acos, O), "atan": (torch.atan, U), "sinh": (torch.sinh, U), "cosh": (torch.cosh, U),
    "tanh": (torch.tanh, U), "sech": (lambda x: 1 / torch.cosh(x), U), "csch": (lambda x: 1 / torch.sinh(x), P),
    "coth": (lambda x: torch.cosh(x) / torch.sinh(x), P), "asinh": (torch.asinh, U), "acosh": (torch.acosh, (1.2, 3.0)),
    "atanh": (torch.atanh, O), "erf": (torch.erf, U), "erfc": (torch.erfc, U), "normal_cdf": (torch.special.ndtr, U),
    "lgamma": (torch.lgamma, P), "sigmoid": (torch.sigmoid, U), "logsigmoid": (F.logsigmoid, U),
    "logit": (torch.logit, (0.1, 0.9)), "softplus": (F.softplus, U), "relu": (torch.relu, U), "selu": (F.selu, U), "silu": (F.silu, U),
    "gelu": (F.gelu, U), "gelu_tanh": (lambda x: F.gelu(x, approximate="tanh"), U), "relu6": (F.relu6, (-3.0, 9.0)),
    "hardtanh": (F.hardtanh, U),
}
BINARY = {
    "add": (torch.add, U, U), "sub": (torch.sub, U, U), "mul": (torch.mul, U, U), "div": (torch.div, U, P), "pow": (torch.pow, P, U),
    "maximum": (torch.maximum, U, U), "minimum": (torch.minimum, U, U), "logaddexp": (torch.logaddexp, U, U),
    "xlogy": (torch.xlogy, U, P), "atan2": (torch.atan2, U, P), "hypot": (torch.hypot, U, P),
}
PAIRS = [((), ()), ((3,), (3,)), ((2, 1), (3,)), ((2, 3), ()), ((), (4,)), ((2, 3, 2), (3, 1)), ((1, 1), (2, 2)), ((0, 2), (2,))]

elementwise = []
for op, (f, (low, high)) in UNARY.items():
    for shape in ((), (3,), (2, 1, 2), (0,)):
        x = [draw(shape, low, high)]
        elementwise.append([op, [encode(x[0])], *run(f, x)])
for op, (f, a, b) in BINARY.items():
    for s, t in PAIRS:
        x = [draw(s, *a), draw(t, *b)]
        elementwise.append([op, [encode(y) for y in x], *run(f, x)])

tensor = []


def case(op, attributes, f, *operands, fixed=()):
    value, grads = run(f, operands, fixed)
    tensor.append([op, attributes, [encode(x) for x in operands], value, grads])


A, B, C, D = draw((3, 4)), draw((4, 2)), draw((2, 3, 4)), draw((3, 3))
V, W = draw((4,)), draw((4,))
AXES = [None, 0, -1, [0, 1]]
for axis, keep in itertools.product(AXES, (False, True)):
    at = {"keepdims": keep} if axis is None else {"axis": axis, "keepdims": keep}
    dims = tuple(range(2)) if axis is None else axis if isinstance(axis, int) else tuple(axis)
    case("sum", at, lambda x: torch.sum(x, dims, keepdim=keep), A)
    case("mean", at, lambda x: torch.mean(x, dims, keepdim=keep), A)
    case("var", {**at, "ddof": 1}, lambda x: torch.var(x, dims, unbiased=True, keepdim=keep), A)
    case("std", {**at, "ddof": 0}, lambda x: torch.std(x, dims, unbiased=False, keepdim=keep), A)
    case("max", at, lambda x: torch.amax(x, dims, keepdim=keep), A)
    case("min", at, lambda x: torch.amin(x, dims, keepdim=keep), A)
    case("logsumexp", at, lambda x: torch.logsumexp(x, dims, keepdim=keep), A)
    for p in (1, 2, 3, math.inf, -math.inf):
        name = p if math.isfinite(p) else ("Infinity" if p > 0 else "-Infinity")
        case("norm", {**at, "ord": name}, lambda x: torch.linalg.vector_norm(x, p, dims, keepdim=keep), A)
for axis in (0, 1):
    case("prod", {"axis": axis}, lambda x: torch.prod(x, axis), A)
    case("cumsum", {"axis": axis}, lambda x: torch.cumsum(x, axis), A)
    case("softmax", {"axis": axis}, lambda x: torch.softmax(x, axis), A)
    case("log_softmax", {"axis": axis}, lambda x: torch.log_softmax(x, axis), A)
    case("flip", {"axis": axis}, lambda x: torch.flip(x, [axis]), A)
    case("roll", {"axis": axis, "shift": 2}, lambda x: torch.roll(x, 2, axis), A)
    case("concatenate", {"axis": axis}, lambda x, y: torch.cat([x, y], axis), A, draw((3, 4)))
    case("stack", {"axis": axis}, lambda x, y: torch.stack([x, y], axis), A, draw((3, 4)))
case("prod", {}, torch.prod, torch.tensor([2.0, 0.0, 3.0]))
case("prod", {}, torch.prod, torch.tensor([2.0, 0.0, 0.0]))
for x, y in [(A, B), (V, W), (A, V), (V, B), (C, B), (V, draw((2, 4, 3))), (draw((2, 1, 2, 3)), draw((4, 3, 2)))]:
    case("matmul", {}, torch.matmul, x, y)
case("outer", {}, torch.outer, V, draw((3,)))
case("dot", {}, torch.dot, V, W)
for subscripts, xs in [("ij,jk->ki", (A, B)), ("ij,ij->", (A, A)), ("ii->i", (D,)), ("bij,jk->bik", (C, B)), ("ij,kj,k->i", (A, draw((2, 4)), draw((2,))))]:
    case("einsum", {"subscripts": subscripts}, lambda *x: torch.einsum(subscripts, *x), *xs)
case("transpose", {"axes": [2, 0, 1]}, lambda x: x.permute(2, 0, 1), C)
case("reshape", {"shape": [2, -1]}, lambda x: x.reshape(2, -1), A)
case("broadcast", {"shape": [2, 3, 4]}, lambda x: x.expand(2, 3, 4), draw((3, 1)))
case("tile", {"reps": [2, 3]}, lambda x: x.repeat(2, 3), A)
case("repeat", {"repeats": 2, "axis": 1}, lambda x: x.repeat_interleave(2, 1), A)
case("pad", {"width": [[1, 2], [0, 1]], "value": 0.5}, lambda x: F.pad(x, (0, 1, 1, 2), value=0.5), A)
for k in (-1, 0, 1):
    case("tril", {"k": k}, lambda x: torch.tril(x, k), A)
    case("triu", {"k": k}, lambda x: torch.triu(x, k), A)
    case("diag", {"k": k}, lambda x: torch.diag(x, k), A)
    case("diag", {"k": k}, lambda x: torch.diag(x, k), V)
case("trace", {}, torch.trace, D)
case("diagonal", {"axis1": 1, "axis2": 2, "offset": 1}, lambda x: torch.diagonal(x, 1, 1, 2), C)
condition = torch.tensor([[True, False, True, False]] * 3)
case("where", {"condition": {"b": [[1, 0, 1, 0]] * 3}}, lambda x, y: torch.where(condition, x, y), A, V)
case("det", {}, torch.det, D)
case("logdet", {}, lambda x: torch.slogdet(x)[1], D)
case("inv", {}, torch.inverse, D)
case("solve", {}, torch.linalg.solve, D, draw((3, 2)))
case("solve", {}, torch.linalg.solve, D, draw((3,)))
labels = torch.tensor([1, 3, 0])
for reduction in ("mean", "sum", "none"):
    case("cross_entropy", {"targets": {"i": [1, 3, 0]}, "axis": 1, "reduction": reduction},
         lambda x: F.cross_entropy(x, labels, reduction=reduction), A)
case("cross_entropy", {"axis": 1}, lambda x, t: F.cross_entropy(x, t), A, torch.softmax(draw((3, 4)), 1))
case("binary_cross_entropy", {}, lambda x, t: F.binary_cross_entropy_with_logits(x, t, reduction="none"), A, draw((3, 4), 0.1, 0.9))
case("conv", {"stride": 2, "padding": 1}, lambda x, w: F.conv1d(x, w, stride=2, padding=1), draw((2, 3, 7)), draw((4, 3, 3)))
case("conv", {"groups": 2, "dilation": 2}, lambda x, w: F.conv1d(x, w, groups=2, dilation=2), draw((1, 4, 7)), draw((2, 2, 3)))
case("conv", {"stride": [2, 1], "padding": [1, 0]}, lambda x, w: F.conv2d(x, w, stride=(2, 1), padding=(1, 0)),
     draw((2, 2, 5, 4)), draw((3, 2, 3, 2)))
case("max_pool", {"kernel": [2, 3], "stride": [1, 2], "padding": [1, 1]}, lambda x: F.max_pool2d(x, (2, 3), (1, 2), (1, 1)), draw((1, 2, 5, 6)))
case("max_pool", {"kernel": [2]}, lambda x: F.max_pool1d(x, 2), draw((2, 2, 6)))
case("average_pool", {"kernel": [2, 2], "padding": [1, 0]}, lambda x: F.avg_pool2d(x, 2, 2, (1, 0)), draw((1, 2, 4, 4)))
case("average_pool", {"kernel": [3], "stride": 2, "padding": 1, "countPadding": False},
     lambda x: F.avg_pool1d(x, 3, 2, 1, count_include_pad=False), draw((1, 2, 7)))
rows = torch.tensor([2, 0, 2])
case("index", {"items": [{"kind": "array", "array": {"i": [2, 0, 2]}}]}, lambda x: F.embedding(rows, x), A)
case("index", {"items": [{"kind": "slice", "start": 1}, {"kind": "integer", "value": -1}]}, lambda x: x[1:, -1], A)
for at in (0, 1):
    case("cumprod", {"axis": at}, lambda x: torch.cumprod(x, at), A)
    case("cumprod", {"axis": at}, lambda x: torch.cumprod(x, at), torch.tensor([[2.0, 0.0, 3.0], [0.0, 0.0, 5.0], [1.0, 4.0, 2.0]]))
case("cumprod", {"axis": 0, "reverse": True}, lambda x: torch.cumprod(x.flip(0), 0).flip(0), A)
POSITIVE = D @ D.T + 3 * torch.eye(3)
STACK = torch.stack([POSITIVE, D.T @ D + 2 * torch.eye(3)])
case("cholesky", {"symmetric": True}, torch.linalg.cholesky, POSITIVE)
case("cholesky", {"symmetric": True, "upper": True}, lambda x: torch.linalg.cholesky(x, upper=True), STACK)
# The derivative by the triangle that is read: the whole is made of it before it is factored.
case("cholesky", {}, lambda x: torch.linalg.cholesky(torch.tril(x) + torch.tril(x, -1).mT), STACK)
case("cholesky", {"upper": True}, lambda x: torch.linalg.cholesky(torch.triu(x) + torch.triu(x, 1).mT, upper=True), POSITIVE)
TRIANGLE = D + 3 * torch.eye(3)
for lower, unit in itertools.product((False, True), (False, True)):
    case("solve_triangular", {"lower": lower, "unitDiagonal": unit},
         lambda a, b: torch.linalg.solve_triangular(a, b, upper=not lower, unitriangular=unit), TRIANGLE, draw((3, 2)))
case("solve_triangular", {"lower": True, "transposed": True},
     lambda a, b: torch.linalg.solve_triangular(a.mT, b, upper=True), STACK, draw((2, 3, 2)))
case("det", {}, torch.det, STACK)
case("logdet", {}, lambda x: torch.slogdet(x)[1], STACK)
case("det_sign", {}, lambda x: torch.slogdet(x)[0], STACK)
case("cofactor", {}, lambda x: torch.det(x)[..., None, None] * torch.inverse(x).mT, STACK)

# What elementwise needs besides: drawn after everything above, so that the cases above stay as they are.
MORE_UNARY = {
    "one_minus_square": (lambda x: 1 - x * x, U), "gamma": (lambda x: torch.exp(torch.lgamma(x)), P),
    "step": (lambda x: (x > 0).double() + 0 * x, U),
    "asec": (lambda x: torch.acos(1 / x), (1.2, 3.0)), "acsc": (lambda x: torch.asin(1 / x), (1.2, 3.0)),
    "acot": (lambda x: torch.atan(1 / x), P), "asech": (lambda x: torch.acosh(1 / x), (0.2, 0.9)),
    "acsch": (lambda x: torch.asinh(1 / x), P), "acoth": (lambda x: torch.atanh(1 / x), (1.2, 3.0)),
}
MORE_BINARY = {  # no operands that tie
    "max_const": (torch.maximum, U, U), "min_const": (torch.minimum, U, U), "clip_low": (torch.maximum, U, U),
    "clip_high": (torch.minimum, U, U), "leaky_relu": (lambda x, a: torch.where(x > 0, x, a * x), U, (0.01, 0.5)),
    "elu": (lambda x, a: torch.where(x > 0, x, a * torch.expm1(x)), U, P),
}
for op, (f, (low, high)) in MORE_UNARY.items():
    for shape in ((), (3,), (2, 1, 2), (0,)):
        x = [draw(shape, low, high)]
        elementwise.append([op, [encode(x[0])], *run(f, x)])
for op, (f, a, b) in MORE_BINARY.items():
    for s, t in PAIRS:
        x = [draw(s, *a), draw(t, *b)]
        elementwise.append([op, [encode(y) for y in x], *run(f, x)])


class Polygamma(torch.autograd.Function):
    """SciPy's, whose digits are all good: this PyTorch's are not."""

    @staticmethod
    def forward(ctx, x, n):
        ctx.save_for_backward(x)
        ctx.n = n
        return torch.as_tensor(special.polygamma(n, x.numpy()))

    @staticmethod
    def backward(ctx, g):
        return g * torch.as_tensor(special.polygamma(ctx.n + 1, ctx.saved_tensors[0].numpy())), None


for op, n in (("digamma", 0), ("trigamma", 1)):
    for shape in ((), (3,), (2, 1, 2), (0,)):
        x = [draw(shape, *P)]
        elementwise.append([op, [encode(x[0])], *run(lambda x: Polygamma.apply(x, n), x)])
for s, t in PAIRS:
    x = draw(t, *P)
    order = torch.full(s, 2.0)
    value, (gradient,) = run(lambda x: Polygamma.apply(x.expand(torch.broadcast_shapes(s, t)), 2), [x])
    elementwise.append(["polygamma", [encode(order), encode(x)], value, [None, gradient]])

# Tensor primitives at empty and one-element axes, scalars and rank 3, and those that terms are made of.
E, Z, S0 = draw((0, 3)), draw((2, 0)), draw(())
T3, ROW = draw((2, 1, 4)), draw((1, 4))
for axis in (0, 1):
    at = {"axis": axis}
    case("sum", at, lambda x: torch.sum(x, axis), E)
    case("prod", at, lambda x: torch.prod(x, axis), E)
    case("cumsum", at, lambda x: torch.cumsum(x, axis), E)
    case("cumprod", at, lambda x: torch.cumprod(x, axis), E)
    case("flip", at, lambda x: torch.flip(x, [axis]), E)
    case("max", at, lambda x: torch.amax(x, axis), ROW)
    case("prod", at, lambda x: torch.prod(x, axis), ROW)
    case("logsumexp", at, lambda x: torch.logsumexp(x, axis), ROW)
    case("softmax", at, lambda x: torch.softmax(x, axis), ROW)
case("mean", {"axis": 1}, lambda x: torch.mean(x, 1), E)
case("softmax", {"axis": 1}, lambda x: torch.softmax(x, 1), E)
case("log_softmax", {"axis": 1}, lambda x: torch.log_softmax(x, 1), E)
for op, f in (("sum", torch.sum), ("mean", torch.mean), ("prod", torch.prod), ("max", torch.amax), ("min", torch.amin)):
    case(op, {}, f, S0)
    case(op, {}, f, T3)
for axis in (1, [0, 2], [1, 2]):
    dims = [axis] if isinstance(axis, int) else axis
    for keep in (False, True):
        at = {"axis": axis, "keepdims": keep}
        case("sum", at, lambda x: torch.sum(x, dims, keepdim=keep), C)
        case("max", at, lambda x: torch.amax(x, dims, keepdim=keep), C)
        case("min", at, lambda x: torch.amin(x, dims, keepdim=keep), T3)
        case("logsumexp", at, lambda x: torch.logsumexp(x, dims, keepdim=keep), C)
        case("var", {**at, "ddof": 0}, lambda x: torch.var(x, dims, unbiased=False, keepdim=keep), C)
        case("std", {**at, "ddof": 1}, lambda x: torch.std(x, dims, unbiased=True, keepdim=keep), C)
        case("norm", at, lambda x: torch.linalg.vector_norm(x, 2, dims, keepdim=keep), C)
case("prod", {"axis": [0, 2]}, lambda x: torch.prod(torch.prod(x, 2), 0), torch.tensor([[[1.0, 2, 0], [3, 4, 5]], [[2.0, 1, 2], [0, 6, 0]]]))
for x, y in [(draw((2, 0)), draw((0, 3))), (draw((0, 4)), B), (T3, draw((4, 3))), (draw((1, 1)), draw((1, 1))), (draw((3, 1, 2, 4)), draw((2, 4, 2)))]:
    case("matmul", {}, torch.matmul, x, y)
case("tile", {"reps": [1, 2]}, lambda x: x.repeat(1, 2), E)
case("outer", {}, torch.outer, draw((1,)), draw((4,)))
case("inner", {}, torch.inner, A, draw((2, 4)))
case("inner", {}, torch.inner, V, W)
case("tensordot", {"axes": 2}, lambda x, y: torch.tensordot(x, y, 2), C, draw((3, 4, 2)))
case("tensordot", {"axes": [[0], [1]]}, lambda x, y: torch.tensordot(x, y, ([0], [1])), A, draw((2, 3)))
case("einsum", {"subscripts": "...ij,jk->...ik"}, lambda x, y: torch.einsum("...ij,jk->...ik", x, y), T3, draw((4, 2)))
case("einsum", {"subscripts": "ij,ij->ij"}, lambda x, y: torch.einsum("ij,ij->ij", x, y), ROW, draw((1, 4)))
case("contract", {"inputs": ["pq", "qr"], "output": "rp", "extents": {"p": 3, "q": 4, "r": 2}}, lambda x, y: (x @ y).T, A, B)
case("contract", {"inputs": ["p"], "output": "pqp", "extents": {"p": 4, "q": 2}},
     lambda x: torch.diag_embed(x).unsqueeze(1).expand(4, 2, 4), V)
case("permute", {"axes": [1, 2, 0]}, lambda x: x.permute(1, 2, 0), C)
case("sum_to", {"shape": [3, 1]}, lambda x: x.sum_to_size(3, 1), C)
case("sum_to", {"shape": []}, lambda x: x.sum(), C)
case("broadcast", {"shape": [0, 4]}, lambda x: x.expand(0, 4), ROW)
case("running_sum", {"axis": 1, "reverse": True}, lambda x: torch.cumsum(x.flip(1), 1).flip(1), A)
case("symmetrize", {}, lambda x: (x + x.mT) / 2, draw((2, 3, 3)))
case("tril", {"halfDiagonal": True}, lambda x: torch.tril(x) - torch.diag(torch.diag(x)) / 2, D)
case("tril", {}, torch.tril, draw((2, 3, 4)))
case("triu", {"k": 2}, lambda x: torch.triu(x, 2), draw((2, 1, 4)))


def recurrence(a, b, lagged):
    s, out = torch.zeros(a.shape[1]), []
    for i in range(a.shape[0]):
        s = (a[i - 1] * s if i else s) + b[i] if lagged else a[i] * s + b[i]
        out.append(s)
    return torch.stack(out)


for lagged in (False, True):
    case("recurrence", {"axis": 0, "reverse": False, "lagged": lagged}, lambda a, b: recurrence(a, b, lagged), A, draw((3, 4)))
    case("recurrence", {"axis": 0, "reverse": True, "lagged": lagged},
         lambda a, b: recurrence(a.flip(0), b.flip(0), lagged).flip(0), A, draw((3, 4)))
case("pick", {"positions": {"i": [[11, 0], [5, 5]]}}, lambda x: torch.take(x, torch.tensor([[11, 0], [5, 5]])), A)
SPAN = [{"kind": "slice", "start": 1, "stop": 3}, {"kind": "integer", "value": -1}]


def put(x, index, value):
    y = x.clone()
    y[index] = value
    return y


ROWS = [{"kind": "array", "array": {"i": [2, 0]}}]
case("set_index", {"items": SPAN}, lambda x, y: put(x, (slice(1, 3), -1), y), A, draw((2,)))
case("set_index", {"items": SPAN}, lambda x, y: put(x, (slice(1, 3), -1), y), A, S0)
case("set_index", {"items": ROWS}, lambda x, y: put(x, torch.tensor([2, 0]), y), A, draw((1, 4)))
case("set_index", {"items": [{"kind": "array", "array": {"b": [[1, 0, 0, 1], [0, 1, 0, 0], [0, 0, 0, 0]]}}]},
     lambda x, y: put(x, torch.tensor([[1, 0, 0, 1], [0, 1, 0, 0], [0, 0, 0, 0]], dtype=torch.bool), y), A, draw((3,)))
case("clear", {"items": ROWS}, lambda x: put(x, torch.tensor([2, 0]), 0), A)
case("embed", {"items": [{"kind": "array", "array": {"i": [2, 0, 2]}}], "shape": [4]},
     lambda x: torch.zeros(4).index_add(0, torch.tensor([2, 0, 2]), x), draw((3,)))
for items, f in [
    ([{"kind": "array", "array": {"i": [[0, 2], [1, 1]]}}, {"kind": "slice"}], lambda x: x[torch.tensor([[0, 2], [1, 1]])]),
    ([{"kind": "array", "array": {"i": [0, 2]}}, {"kind": "array", "array": {"i": [3, 3]}}], lambda x: x[torch.tensor([0, 2]), torch.tensor([3, 3])]),
    ([{"kind": "ellipsis"}, {"kind": "newaxis"}, {"kind": "integer", "value": 0}], lambda x: x[..., None, 0]),
    ([{"kind": "array", "array": {"b": [True, False, True]}}], lambda x: x[torch.tensor([True, False, True])]),
    ([{"kind": "slice", "start": 2, "stop": 2}], lambda x: x[2:2]),
    ([{"kind": "slice", "start": 2, "step": -1}], lambda x: x.flip(0)),
]:
    case("index", {"items": items}, f, A)
case("concatenate", {"axis": 0}, lambda x, y: torch.cat([x, y], 0), E, draw((2, 3)))
case("stack", {"axis": 0}, lambda x, y: torch.stack([x, y], 0), S0, draw(()))
case("patches", {"kernel": [2], "stride": [2], "dilation": [1], "padding": [[1, 1]]},
     lambda x: F.pad(x, (1, 1)).unfold(-1, 2, 2), draw((2, 6)))
case("fold", {"kernel": [2], "stride": [1], "dilation": [1], "padding": [[0, 0]], "shape": [1, 4]},
     lambda x: F.fold(x.transpose(1, 2), (1, 4), (1, 2)).reshape(1, 4), draw((1, 3, 2)))
case("where", {"condition": {"b": [[True], [False], [True]]}},
     lambda x, y: torch.where(torch.tensor([[True], [False], [True]]), x, y), S0, ROW)
case("cast", {"dtype": "float64"}, lambda x: x * 1, A)
case("solve", {"transposed": True}, lambda a, b: torch.linalg.solve(a.mT, b), D, draw((3, 2)))
case("inv", {}, torch.inverse, STACK)
case("logsumexp", {}, lambda x: torch.logsumexp(x, 0), torch.tensor([1000.0, -1000.0, 999.0]))
case("logsumexp", {}, lambda x: torch.logsumexp(x, 0), torch.tensor([-1000.0, -1001.0, -math.inf]))
case("binary_cross_entropy", {}, lambda x, t: F.binary_cross_entropy_with_logits(x, t.expand(2, 1, 4), reduction="none"), T3, draw((4,), 0.1, 0.9))
case("cross_entropy", {"targets": {"i": [[1, 2], [0, 1]]}, "axis": 1, "reduction": "sum"},
     lambda x: F.cross_entropy(x, torch.tensor([[1, 2], [0, 1]]), reduction="sum"), draw((2, 3, 2)))
case("conv", {"groups": 4, "padding": [1, 1]}, lambda x, w: F.conv2d(x, w, groups=4, padding=1), draw((1, 4, 3, 4)), draw((4, 1, 2, 3)))
case("max_pool", {"kernel": [2, 2], "stride": 1}, lambda x: F.max_pool2d(x, 2, 1), draw((2, 1, 3, 4)))
for p in (0, 0.5, -1, -2.5):
    case("norm", {"ord": p, "axis": 1}, lambda x: torch.linalg.vector_norm(x, p, 1), A)

# Spectra and factors.
SYMMETRIC = D + D.T + torch.diag(torch.tensor([1.0, 4.0, 9.0]))
TALL, WIDE = draw((4, 3)), draw((2, 2, 3))


def lower(x):
    return torch.tril(x) + torch.tril(x, -1).mT


def upper(x):
    return lower(x.mT)


for x in (SYMMETRIC, STACK):
    for triangle, f in (({}, lower), ({"upper": True}, upper)):
        case("eigenvalues", triangle, lambda x: torch.linalg.eigvalsh(f(x)), x)
        case("eigenvectors", triangle, lambda x: torch.linalg.eigh(f(x))[1], x)
for x in (D, TALL, WIDE):
    case("singular_values", {}, torch.linalg.svdvals, x)
    case("left_vectors", {}, lambda x: torch.linalg.svd(x, full_matrices=False)[0], x)
    case("right_vectors", {}, lambda x: torch.linalg.svd(x, full_matrices=False)[2], x)
    case("pinv", {}, torch.linalg.pinv, x)
for x in (D, TALL, WIDE.mT.clone()):
    case("qr_q", {}, lambda x: torch.linalg.qr(x)[0], x)
    case("qr_r", {}, lambda x: torch.linalg.qr(x)[1], x)
case("regular", {}, lambda x: x * 1, TRIANGLE)
for squares in (False, True):
    case("inverse_gaps", {"squares": squares},
         lambda x: 1 / ((y := x * x if squares else x)[None, :] - y[:, None]).masked_fill(torch.eye(3) > 0, math.inf),
         torch.tensor([0.5, 2.0, 3.5]))

# Layers, which are groups of primitive steps.
layers = []


def layer(name, options, f, *operands):
    value, grads = run(f, operands)
    layers.append([name, options, [encode(x) for x in operands], value, grads])


X2, X4 = draw((3, 4)), draw((2, 3, 2, 2))
layer("layer_norm", {"axes": 1}, lambda x, w, b: F.layer_norm(x, (4,), w, b), X2, draw((4,)), draw((4,)))
layer("layer_norm", {"axes": 2, "epsilon": 0.1}, lambda x, w, b: F.layer_norm(x, (2, 2), w, b, 0.1), X4, draw((2, 2)), draw((2, 2)))
layer("batch_norm", {}, lambda x, w, b: F.batch_norm(x, None, None, w, b, True), X2, draw((4,)), draw((4,)))
layer("batch_norm", {"epsilon": 0.01}, lambda x, w, b: F.batch_norm(x, None, None, w, b, True, eps=0.01), X4, draw((3,)), draw((3,)))
MASK = torch.tensor([[1.0, 0, 1, 1], [0, 1, 1, 0], [1, 1, 0, 1]])
layer("dropout", {"mask": {"i": MASK.int().tolist()}, "rate": 0.25}, lambda x: x * MASK / 0.75, X2)
layer("embedding", {"indices": {"i": [[2, 0], [2, 1]]}}, lambda x: F.embedding(torch.tensor([[2, 0], [2, 1]]), x), X2)
layer("attention", {}, lambda q, k, v: torch.softmax(q @ k.mT / 2, -1) @ v, draw((2, 3, 4)), draw((2, 5, 4)), draw((2, 5, 2)))

# Scalar primitives at points, by SymPy.
x, y = sp.symbols("x y", real=True)
SIGMOID = 1 / (1 + sp.exp(-x))
PHI = (1 + sp.erf(x / sp.sqrt(2))) / 2
LAMBDA, ALPHA = sp.Float("1.0507009873554804934193349852946", 40), sp.Float("1.6732632423543772848170429916717", 40)
SYMBOLIC = {
    "mul": x * y, "div": x / y, "pow": x**y, "square": x**2, "reciprocal": 1 / x, "sqrt": sp.sqrt(x), "cbrt": sp.cbrt(x),
    "one_minus_square": 1 - x**2, "exp": sp.exp(x), "exp2": 2**x, "expm1": sp.exp(x) - 1, "log": sp.log(x), "log1p": sp.log(1 + x),
    "log2": sp.log(x) / sp.log(2), "log10": sp.log(x) / sp.log(10), "logaddexp": sp.log(sp.exp(x) + sp.exp(y)), "xlogy": x * sp.log(y),
    "sin": sp.sin(x), "cos": sp.cos(x), "tan": sp.tan(x), "sec": 1 / sp.cos(x), "csc": 1 / sp.sin(x), "cot": sp.cot(x),
    "asin": sp.asin(x), "acos": sp.acos(x), "atan": sp.atan(x), "atan2": sp.atan(x / y), "hypot": sp.sqrt(x**2 + y**2),
    "sinh": sp.sinh(x), "cosh": sp.cosh(x), "tanh": sp.tanh(x), "sech": 1 / sp.cosh(x), "csch": 1 / sp.sinh(x), "coth": sp.coth(x),
    "asinh": sp.asinh(x), "acosh": sp.acosh(x), "atanh": sp.atanh(x),
    "asec": sp.asec(x), "acsc": sp.acsc(x), "acot": sp.acot(x), "asech": sp.asech(x), "acsch": sp.acsch(x), "acoth": sp.acoth(x), "erf": sp.erf(x), "erfc": 1 - sp.erf(x), "normal_cdf": PHI,
    "gamma": sp.gamma(x), "lgamma": sp.loggamma(x), "digamma": sp.digamma(x), "trigamma": sp.polygamma(1, x), "sigmoid": SIGMOID,
    "logsigmoid": sp.log(SIGMOID), "logit": sp.log(x / (1 - x)), "softplus": sp.log(1 + sp.exp(x)), "silu": x * SIGMOID, "gelu": x * PHI,
    "gelu_tanh": x * (1 + sp.tanh(sp.sqrt(2 / sp.pi) * (x + sp.Rational(44715, 10**6) * x**3))) / 2,
    "leaky_relu": x * y, "elu": y * (sp.exp(x) - 1), "selu": LAMBDA * ALPHA * (sp.exp(x) - 1),
}
#: Points where the expression above is the branch that is meant (the negative side of the rectifiers).
AT = {"acosh": [1.25, 2.5], "asec": [1.25, -2.5], "acsc": [1.25, -2.5], "asech": [0.25, 0.75], "acoth": [1.25, -2.5], "asin": [-0.5, 0.75], "acos": [-0.5, 0.75], "atanh": [-0.5, 0.75], "logit": [0.25, 0.875],
      "leaky_relu": [-0.5, -2.0], "elu": [-0.5, -2.0], "selu": [-0.5, -2.0], "sin": [-2.0, 40.5], "exp": [-20.0, 3.5]}
points = []


def digits(e, at):
    return float(sp.N(e.subs(at), 30))


for op, e in SYMBOLIC.items():
    for px in AT.get(op, [0.375, 2.25]):
        py = 1.625
        exact = {x: sp.Rational(px), y: sp.Rational(py)}
        two = y in e.free_symbols
        first = [sp.diff(e, x)] + ([sp.diff(e, y)] if two else [])
        second = [sp.diff(first[0], x)] + ([sp.diff(first[0], y), sp.diff(first[1], y)] if two else [])
        points.append([op, [px, py] if two else [px], digits(e, exact), [digits(d, exact) for d in first], [digits(d, exact) for d in second]])

# More, Garbow and Hillstrom: sums of squares.
def rational(text):
    return sp.Rational(str(text))


def sums(residuals):
    return sum((r**2 for r in residuals), sp.Integer(0))


def problems():
    X = sp.symbols("x0:20", real=True)
    R = rational
    exp, log, sin, cos, sqrt = sp.exp, sp.log, sp.sin, sp.cos, sp.sqrt
    a, b, c, d, e, f = X[:6]
    yield "Rosenbrock", [-1.2, 1], [10 * (b - a**2), 1 - a]
    yield "Freudenstein and Roth", [0.5, -2], [-13 + a + ((5 - b) * b - 2) * b, -29 + a + ((b + 1) * b - 14) * b]
    yield "Powell badly scaled", [0, 1], [10**4 * a * b - 1, exp(-a) + exp(-b) - R("1.0001")]
    yield "Brown badly scaled", [1, 1], [a - 10**6, b - 2 * sp.Rational(1, 10**6), a * b - 2]
    yield "Beale", [1, 1], [R(v) - a * (1 - b ** (i + 1)) for i, v in enumerate(("1.5", "2.25", "2.625"))]
    yield "Jennrich and Sampson", [0.3, 0.4], [2 + 2 * i - (exp(i * a) + exp(i * b)) for i in range(1, 11)]
    theta = sp.atan(b / a) / (2 * sp.pi) + sp.Rational(1, 2)
    yield "helical valley", [-1, 0, 0], [10 * (c - 10 * theta), 10 * (sqrt(a**2 + b**2) - 1), c]
    bard = ".14 .18 .22 .25 .29 .32 .35 .39 .37 .58 .73 .96 1.34 2.10 4.39".split()
    yield "Bard", [1, 1, 1], [R(v) - (a + i / ((16 - i) * b + min(i, 16 - i) * c)) for i, v in enumerate(bard, 1)]
    gauss = ".0009 .0044 .0175 .0540 .1295 .2420 .3521 .3989 .3521 .2420 .1295 .0540 .0175 .0044 .0009".split()
    yield "Gaussian", [0.4, 1, 0], [a * exp(-b * (sp.Rational(8 - i, 2) - c) ** 2 / 2) - R(v) for i, v in enumerate(gauss, 1)]
    meyer = [34780, 28610, 23650, 19630, 16370, 13720, 11540, 9744, 8261, 7030, 6005, 5147, 4427, 3820, 3307, 2872]
    yield "Meyer", [0.02, 4000, 250], [a * exp(b / (45 + 5 * i + c)) - v for i, v in enumerate(meyer, 1)]
    yield "box three-dimensional", [0, 10, 20], [
        exp(-sp.Rational(i, 10) * a) - exp(-sp.Rational(i, 10) * b) - c * (exp(-sp.Rational(i, 10)) - exp(-sp.Integer(i))) for i in range(1, 11)]
    yield "Powell singular", [3, -1, 0, 1], [a + 10 * b, sqrt(5) * (c - d), (b - 2 * c) ** 2, sqrt(10) * (a - d) ** 2]
    yield "Wood", [-3, -1, -3, -1], [10 * (b - a**2), 1 - a, sqrt(90) * (d - c**2), 1 - c, sqrt(10) * (b + d - 2), (b - d) / sqrt(10)]
    ky = ".1957 .1947 .1735 .1600 .0844 .0627 .0456 .0342 .0323 .0235 .0246".split()
    ku = "4 2 1 .5 .25 .167 .125 .1 .0833 .0714 .0625".split()
    yield "Kowalik and Osborne", [0.25, 0.39, 0.415, 0.39], [R(v) - a * (R(u) ** 2 + R(u) * b) / (R(u) ** 2 + R(u) * c + d) for v, u in zip(ky, ku)]
    yield "Brown and Dennis", [25, 5, -5, -1], [
        (a + sp.Rational(i, 5) * b - exp(sp.Rational(i, 5))) ** 2 + (c + d * sin(sp.Rational(i, 5)) - cos(sp.Rational(i, 5))) ** 2 for i in range(1, 21)]
    yield "Biggs EXP6", [1, 2, 1, 1, 1, 1], [
        c * exp(-t * a) - d * exp(-t * b) + f * exp(-t * e) - (exp(-t) - 5 * exp(-10 * t) + 3 * exp(-4 * t)) for t in (sp.Rational(i, 10) for i in range(1, 14))]
    watson = []
    for i in range(1, 30):
        t = sp.Rational(i, 29)
        watson.append(sum(j * X[j] * t ** (j - 1) for j in range(1, 6)) - sum(X[j] * t**j for j in range(6)) ** 2 - 1)
    yield "Watson", [0] * 6, watson + [a, b - a**2 - 1]
    yield "extended Rosenbrock", [-1.2, 1] * 5, [r for i in range(0, 10, 2) for r in (10 * (X[i + 1] - X[i] ** 2), 1 - X[i])]
    yield "extended Powell singular", [3, -1, 0, 1] * 3, [
        r for i in range(0, 12, 4) for r in (X[i] + 10 * X[i + 1], sqrt(5) * (X[i + 2] - X[i + 3]), (X[i + 1] - 2 * X[i + 2]) ** 2, sqrt(10) * (X[i] - X[i + 3]) ** 2)]
    small = sqrt(sp.Rational(1, 10**5))
    yield "penalty I", [1, 2, 3, 4], [small * (X[i] - 1) for i in range(4)] + [sum(X[i] ** 2 for i in range(4)) - sp.Rational(1, 4)]
    yield "variably dimensioned", [1 - i / 10 for i in range(1, 11)], [X[i] - 1 for i in range(10)] + (
        lambda s: [s, s**2])(sum((i + 1) * (X[i] - 1) for i in range(10)))
    yield "trigonometric", [0.1] * 10, [10 - sum(cos(X[j]) for j in range(10)) + (i + 1) * (1 - cos(X[i])) - sin(X[i]) for i in range(10)]
    yield "Brown almost-linear", [0.5] * 10, [X[i] + sum(X[:10]) - 11 for i in range(9)] + [sp.prod(X[:10]) - 1]
    h = sp.Rational(1, 11)
    at = lambda i: X[i] if 0 <= i < 10 else 0
    yield "discrete boundary value", [float(h * i * (h * i - 1)) for i in range(1, 11)], [
        2 * X[i] - at(i - 1) - at(i + 1) + h**2 * (X[i] + (i + 1) * h + 1) ** 3 / 2 for i in range(10)]
    yield "Broyden tridiagonal", [-1] * 10, [(3 - 2 * X[i]) * X[i] - at(i - 1) - 2 * at(i + 1) + 1 for i in range(10)]
    yield "Broyden banded", [-1] * 10, [
        X[i] * (2 + 5 * X[i] ** 2) + 1 - sum(X[j] * (1 + X[j]) for j in range(max(0, i - 5), min(10, i + 2)) if j != i) for i in range(10)]
    mean = sum(X[:10]) * 2 / 20
    yield "linear of full rank", [1] * 10, [X[i] - mean - 1 for i in range(10)] + [-mean - 1 for _ in range(10)]
    chebyquad = []
    for i in range(1, 9):
        integral = sp.Rational(-1, i**2 - 1) if i % 2 == 0 else 0
        chebyquad.append(sum(sp.chebyshevt(i, 2 * X[j] - 1) for j in range(8)) / 8 - integral)
    yield "Chebyquad", [j / 9 for j in range(1, 9)], chebyquad


FUNCTIONS = {sp.exp: "exp", sp.log: "log", sp.sin: "sin", sp.cos: "cos", sp.atan: "atan"}


def program(expression, inputs):
    """The expression as steps of scalar primitives; equal sub-expressions become one step."""
    steps, known = [], {}

    def step(*s):
        if s not in known:
            known[s] = len(inputs) + len(steps)
            steps.append(list(s))
        return known[s]

    def visit(e):
        if e in inputs:
            return inputs.index(e)
        if not e.free_symbols:
            return repr(float(sp.N(e, 30)))
        if isinstance(e, (sp.Add, sp.Mul)):
            op = "add" if isinstance(e, sp.Add) else "mul"
            terms = [visit(t) for t in e.args]
            result = terms[0]
            for t in terms[1:]:
                result = step(op, result, t)
            return result
        if isinstance(e, sp.Pow):
            base = visit(e.base)
            if e.exp == -1:
                return step("reciprocal", base)
            if e.exp == 2:
                return step("square", base)
            if e.exp == sp.Rational(1, 2):
                return step("sqrt", base)
            return step("pow", base, visit(e.exp))
        return step(FUNCTIONS[e.func], visit(e.args[0]))

    visit(expression)
    return steps


listed = []
for name, start, residuals in problems():
    inputs = list(sp.symbols("x0:20", real=True)[: len(start)])
    total = sums(residuals)
    # The standard starting points are decimals; the doubles nearest to them are what both sides take.
    here = dict(zip(inputs, [sp.Rational(*float(v).as_integer_ratio()) for v in start]))
    gradient = [float(sp.N(sum(2 * r.subs(here) * sp.diff(r, s).subs(here) for r in residuals), 30)) for s in inputs]
    value = float(sp.N(total.subs(here), 30))
    listed.append({"name": name, "start": start, "steps": program(total, inputs), "value": value, "gradient": gradient})

out = pathlib.Path(__file__).parent / "fixtures" / "autodiff.json"
versions = {"torch": torch.__version__, "sympy": sp.__version__, "scipy": scipy.__version__, "numpy": np.__version__}


def lines(items):
    return "[\n" + ",\n".join(json.dumps(item, separators=(",", ":")) for item in items) + "\n]"


out.write_text(
    '{"versions":' + json.dumps(versions) + ',\n"elementwise":' + lines(elementwise) + ',\n"tensor":' + lines(tensor)
    + ',\n"layers":' + lines(layers) + ',\n"points":' + lines(points) + ',\n"problems":' + lines(listed) + "}\n"
)
print(len(elementwise), len(tensor), len(points), len(listed), out.stat().st_size)
