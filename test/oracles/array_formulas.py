"""Formulas of vectors and matrices, and what PyTorch makes of the same mathematics.

Run: /usr/bin/python3 test/oracles/array_formulas.py > test/oracles/fixtures/array_formulas.json
"""

import json

import torch

torch.set_default_dtype(torch.float64)

A = [[2.0, -1.0, 0.5], [1.0, 3.0, -2.0], [0.0, 0.25, 1.5]]
B = [[1.0, -2.0], [0.5, 3.0], [-1.0, 0.75]]
x = [1.0, -2.0, 0.5]
y = [0.3, 0.7, -0.4]
u = [0.5, -1.5]

POINT = r"""
$$A = \begin{bmatrix} 2 & -1 & 0.5 \\ 1 & 3 & -2 \\ 0 & 0.25 & 1.5 \end{bmatrix}, \quad
B = \begin{pmatrix} 1 & -2 \\ 0.5 & 3 \\ -1 & 0.75 \end{pmatrix}$$
$\mathbf{x} = (1, -2, 0.5)^\top$, $\mathbf{y} = \begin{pmatrix} 0.3 \\ 0.7 \\ -0.4 \end{pmatrix}$, $\mathbf{u} = (0.5, -1.5)^T$, $c = 0.8$.
"""

# Formula, its name, the same in PyTorch.
CASES = [
    (r"p = A\mathbf{x}", "p", lambda: A @ x),
    (r"p = \mathbf{x}^\top A \mathbf{y}", "p", lambda: x @ A @ y),
    (r"p = \mathbf{x}^T\mathbf{y}", "p", lambda: x @ y),
    (r"p = \mathbf{x} \cdot \mathbf{y}", "p", lambda: x @ y),
    (r"p = \langle \mathbf{x}, \mathbf{y} \rangle + c", "p", lambda: x @ y + c),
    (r"P = \mathbf{x}\mathbf{y}^\top", "P", lambda: torch.outer(x, y)),
    (r"P = \mathbf{x} \otimes \mathbf{u}", "P", lambda: torch.outer(x, u)),
    (r"P = A B", "P", lambda: A @ B),
    (r"P = B^\top A", "P", lambda: B.T @ A),
    (r"P = A^2 - c A", "P", lambda: A @ A - c * A),
    (r"p = A^{-1}\mathbf{y}", "p", lambda: torch.linalg.inv(A) @ y),
    (r"p = \det A", "p", lambda: torch.linalg.det(A)),
    (r"p = \operatorname{tr}(A^\top A)", "p", lambda: torch.trace(A.T @ A)),
    (r"p = \|\mathbf{x}\|", "p", lambda: torch.linalg.norm(x)),
    (r"p = \|\mathbf{x}\|_2^2", "p", lambda: x @ x),
    (r"p = \|\mathbf{x} - \mathbf{y}\|_1", "p", lambda: (x - y).abs().sum()),
    (r"p = \|A\|_F^2", "p", lambda: (A * A).sum()),
    (r"p = \mathbf{x} \odot \mathbf{y}", "p", lambda: x * y),
    (r"p = \mathbf{x} \oslash \mathbf{y}", "p", lambda: x / y),
    (r"p = \sigma(A\mathbf{x} + \mathbf{y})", "p", lambda: torch.sigmoid(A @ x + y)),
    (r"p = \tanh(B\mathbf{u})", "p", lambda: torch.tanh(B @ u)),
    (r"p = \operatorname{ReLU}(A\mathbf{x})", "p", lambda: torch.relu(A @ x)),
    (r"p = \max(0, A\mathbf{x})", "p", lambda: torch.relu(A @ x)),
    (r"p = \operatorname{softmax}(A\mathbf{x})", "p", lambda: torch.softmax(A @ x, 0)),
    (r"p_i = \frac{e^{x_i}}{\sum_{j} e^{x_j}}", "p_i", lambda: torch.softmax(x, 0)),
    (r"p_i = \sum_j a_{ij} x_j + y_i", "p_i", lambda: A @ x + y),
    (r"p_i = \sum_{j=1}^{3} A_{ij} x_j", "p_i", lambda: A @ x),
    (r"P_{ij} = x_i u_j", "P_{ij}", lambda: torch.outer(x, u)),
    (r"p = \sum_{i=1}^n \sum_{j=1}^m B_{ij} x_i u_j", "p", lambda: x @ B @ u),
    (r"p = \prod_i x_i", "p", lambda: x.prod()),
    (r"p = \frac12 \sum_{i} (x_i - y_i)^2", "p", lambda: 0.5 * ((x - y) ** 2).sum()),
    (r"p = \sum_{i \neq 2} x_i y_i", "p", lambda: x[0] * y[0] + x[2] * y[2]),
    (r"p = x_2 y_3 + B_{12}", "p", lambda: x[1] * y[2] + B[0, 1]),
    (r"p = -\log \operatorname{softmax}(B\mathbf{u})_2", "p", lambda: -torch.log_softmax(B @ u, 0)[1]),
    (r"p = (\mathbf{x} + \mathbf{y})/c", "p", lambda: (x + y) / c),
    (r"p = 1 - \mathbf{x}", "p", lambda: 1 - x),
    (r"P = B + \mathbf{x}", "P", lambda: B + x[:, None]),
    (r"p = \max_i y_i", "p", lambda: y.max()),
    (r"P = \operatorname{diag}(\mathbf{x}) B", "P", lambda: torch.diag(x) @ B),
    (r"f(\mathbf{z}) = \mathbf{z}^\top \mathbf{z}$$ $$p = f(A\mathbf{x})", "p", lambda: (A @ x) @ (A @ x)),
    (r"g(t) = \begin{cases} t & t > 0 \\ 0.1 t & \text{otherwise} \end{cases}$$ $$p = g(A\mathbf{x})", "p",
     lambda: torch.where(A @ x > 0, A @ x, 0.1 * (A @ x))),
    (r"p = \mathbb{1}_{\mathbf{x} > 0} \odot \mathbf{y}", "p", lambda: (x > 0) * y),
    (r"h(t) = \tanh t$$ $$p = h'(\mathbf{x}) \odot \mathbf{y}", "p", lambda: (1 - torch.tanh(x) ** 2) * y),
    (r"p = \begin{pmatrix} c & 1 \\ c^2 & -c \end{pmatrix} \mathbf{u}", "p",
     lambda: torch.stack([torch.stack([c, torch.tensor(1.0)]), torch.stack([c**2, -c])]) @ u),
    (r"p = \|B\mathbf{u} - \mathbf{y}\|^2 + \frac{c}{2}\|\mathbf{u}\|^2", "p",
     lambda: ((B @ u - y) ** 2).sum() + c / 2 * (u * u).sum()),
    (r"p = -\sum_k y_k \log \sigma(x_k)", "p", lambda: -(y * torch.log(torch.sigmoid(x))).sum()),
    (r"p = \log \sum_k e^{x_k}", "p", lambda: torch.logsumexp(x, 0)),
    (r"P = (A - A^\top)/2", "P", lambda: (A - A.T) / 2),
    (r"p = \exp(-\tfrac12 (\mathbf{x}-\mathbf{y})^\top A (\mathbf{x}-\mathbf{y}))", "p",
     lambda: torch.exp(-0.5 * (x - y) @ A @ (x - y))),
    (r"q = B^\top \mathbf{x}$$ $$p = \mathbf{u}^\top q", "p", lambda: u @ (B.T @ x)),
]

NAMES = {"A": "A", "B": "B", "x": r"\mathbf{x}", "y": r"\mathbf{y}", "u": r"\mathbf{u}", "c": "c"}
POINTS = {"A": A, "B": B, "x": x, "y": y, "u": u, "c": 0.8}

result = []
for formula, name, compute in CASES:
    for key, value in POINTS.items():
        globals()[key] = torch.tensor(value, requires_grad=True)
    value = compute()
    inputs = {key: globals()[key] for key in NAMES}
    grads = torch.autograd.grad(value.sum(), list(inputs.values()), allow_unused=True)
    result.append(
        {
            "text": POINT + "$$" + formula + "$$\n",
            "name": name,
            "value": value.tolist(),
            "gradient": {NAMES[k]: g.tolist() for k, g in zip(inputs, grads) if g is not None},
        }
    )
print(json.dumps(result, indent=1))
