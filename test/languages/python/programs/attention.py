"""Scaled dot-product attention, layer norm, positional encodings, a character model by counting."""
import numpy as np


def softmax(x, axis=-1):
    e = np.exp(x - np.max(x, axis=axis, keepdims=True))
    return e / np.sum(e, axis=axis, keepdims=True)


def layer_norm(x, gamma=None, beta=None, eps=1e-5):
    m = np.mean(x, axis=-1, keepdims=True)
    v = np.var(x, axis=-1, keepdims=True)
    y = (x - m) / np.sqrt(v + eps)
    if gamma is not None:
        y = y * gamma
    if beta is not None:
        y += beta
    return y


def gelu(x):
    return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))


def positional_encoding(T, d):
    pos = np.arange(T)[:, None]
    i = np.arange(d)[None, :]
    angle = pos / np.power(10000, (2 * (i // 2)) / d)
    pe = np.zeros((T, d))
    pe[:, 0::2] = np.sin(angle[:, 0::2])
    pe[:, 1::2] = np.cos(angle[:, 1::2])
    return pe


def causal_mask(T):
    return (1 - np.tri(T)) * -1e10


def attention(q, k, v, mask):
    return softmax(q @ k.T / np.sqrt(q.shape[-1]) + mask) @ v


def mha(x, Wqkv, Wo, n_head):
    qkv = np.split(x @ Wqkv, 3, axis=-1)
    heads = list(map(lambda z: np.split(z, n_head, axis=-1), qkv))
    mask = causal_mask(x.shape[0])
    out = [attention(q, k, v, mask) for q, k, v in zip(*heads)]
    return np.hstack(out) @ Wo


def block(x, params, n_head=2):
    x = x + mha(layer_norm(x), **params["attn"], n_head=n_head)
    h = gelu(layer_norm(x) @ params["mlp"]["W1"] + params["mlp"]["b1"])
    return x + h @ params["mlp"]["W2"]


T, d = 4, 6
rng = np.random.default_rng(0)
params = {
    "attn": {"Wqkv": rng.normal(0, 0.2, (d, 3 * d)), "Wo": rng.normal(0, 0.2, (d, d))},
    "mlp": {"W1": rng.normal(0, 0.2, (d, 4 * d)), "b1": np.zeros(4 * d), "W2": rng.normal(0, 0.2, (4 * d, d))},
}
x = positional_encoding(T, d)
y = block(x, params)
print(np.array2string(y, precision=4, suppress_small=True))
print(softmax(np.array([[1.0, 2.0, 3.0], [1000.0, 1000.0, 1000.0]])).round(6))

text = "hello hallo hullo"
chars = sorted(set(text))
stoi = {c: i for i, c in enumerate(chars)}
itos = dict(map(reversed, stoi.items()))
N = np.zeros((len(chars), len(chars)), dtype=np.int32)
for a, b in zip(text, text[1:]):
    N[stoi[a], stoi[b]] += 1
P = (N + 1).astype(float)
P /= P.sum(1, keepdims=True)
nll = -np.mean([np.log(P[stoi[a], stoi[b]]) for a, b in zip(text, text[1:])])
best = [itos[int(i)] for i in P.argmax(axis=1)]
print(repr("".join(chars)), best, f"{nll:.6f}", N.sum(), P.shape)
