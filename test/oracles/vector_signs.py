"""Signs of eigenvectors, singular vectors and the factors of QR, as LAPACK gives them to NumPy.

Usage: /usr/bin/python3 test/oracles/vector_signs.py
Every entry of fixtures/vector_signs.json is [seed, m, n, {name: numbers}]: of the m×n matrix of standard normals that
`RandomState(seed)` draws, each factor's numbers are the sums of its columns (of the rows of Vᵀ), weighted 1, 2, 3 …, which change
their sign with the vector. Eigenvectors are of M + Mᵀ, M the leading square.
"""
import json
import pathlib

import numpy as np

FIXTURE = pathlib.Path(__file__).parent / "fixtures" / "vector_signs.json"


def sums(vectors):
    return [round(float(x), 9) for x in np.arange(1, vectors.shape[0] + 1) @ vectors]


if __name__ == "__main__":
    shapes = np.random.RandomState(5)
    entries = []
    for seed in range(240):
        m, n = (int(x) for x in shapes.randint(1, 13, 2))
        a = np.random.RandomState(seed).standard_normal((m, n))
        k = min(m, n)
        square = a[:k, :k] + a[:k, :k].T
        u, _, vt = np.linalg.svd(a, full_matrices=False)
        q, r = np.linalg.qr(a)
        factors = {"left": u, "right": vt.T, "q": q, "r": r.T, "eigenvectors": np.linalg.eigh(square)[1]}
        entries.append([seed, m, n, {name: sums(x) for name, x in factors.items()}])
    FIXTURE.write_text(json.dumps({"numpy": np.__version__, "matrices": entries}, separators=(",", ":")) + "\n")
    print(len(entries), "matrices")
