"""A matrix class in pure Python, with tests in the style of a student."""
from __future__ import annotations
import math
import random
from abc import ABC, abstractmethod


class Matrix:
    def __init__(self, rows):
        self.rows = [list(r) for r in rows]
        self.m, self.n = len(self.rows), len(self.rows[0])
        if any(len(r) != self.n for r in self.rows):
            raise ValueError("rows of different lengths")

    @classmethod
    def identity(cls, n):
        return cls([[1 if i == j else 0 for j in range(n)] for i in range(n)])

    @classmethod
    def random(cls, m, n, rng):
        return cls([[rng.gauss(0, 1) for _ in range(n)] for _ in range(m)])

    @property
    def shape(self):
        return self.m, self.n

    @property
    def T(self):
        return Matrix(zip(*self.rows))

    def __getitem__(self, key):
        if isinstance(key, tuple):
            i, j = key
            return self.rows[i][j]
        return self.rows[key]

    def __setitem__(self, key, value):
        i, j = key
        self.rows[i][j] = value

    def __add__(self, other):
        return Matrix([[a + b for a, b in zip(r, s)] for r, s in zip(self.rows, other.rows)])

    def __mul__(self, k):
        return Matrix([[a * k for a in r] for r in self.rows])

    __rmul__ = __mul__

    def __matmul__(self, other):
        if self.n != other.m:
            raise ValueError(f"cannot multiply {self.shape} by {other.shape}")
        cols = list(zip(*other.rows))
        return Matrix([[sum(a * b for a, b in zip(r, c)) for c in cols] for r in self.rows])

    def __pow__(self, k):
        result = Matrix.identity(self.n)
        base = self
        while k:
            if k & 1:
                result = result @ base
            base = base @ base
            k >>= 1
        return result

    def __eq__(self, other):
        return isinstance(other, Matrix) and self.rows == other.rows

    def __iter__(self):
        return iter(self.rows)

    def __len__(self):
        return self.m

    def __contains__(self, x):
        return any(x in r for r in self.rows)

    def map(self, f):
        return Matrix([[f(a) for a in r] for r in self.rows])

    def minor(self, i, j):
        return Matrix([r[:j] + r[j + 1 :] for k, r in enumerate(self.rows) if k != i])

    def det(self):
        if self.m != self.n:
            raise ValueError("not square")
        if self.n == 1:
            return self[0, 0]
        if self.n == 2:
            return self[0, 0] * self[1, 1] - self[0, 1] * self[1, 0]
        return sum((-1) ** j * self[0, j] * self.minor(0, j).det() for j in range(self.n))

    def __repr__(self):
        return "Matrix(" + ",\n       ".join(str([round(a, 4) for a in r]) for r in self.rows) + ")"


class Shape(ABC):
    @abstractmethod
    def area(self) -> float: ...

    def __lt__(self, other: Shape):
        return self.area() < other.area()


class Circle(Shape):
    def __init__(self, r):
        self.r = r

    def area(self):
        return math.pi * self.r**2


class Square(Shape):
    def __init__(self, a):
        self.a = a

    def area(self):
        return self.a**2


A = Matrix([[1, 2], [3, 4]])
B = Matrix.identity(2) * 2
print(A @ B + A.T, A**5, A == Matrix([[1, 2], [3, 4]]), 3 in A, len(A))
print(Matrix([[2, 0, 1], [1, 3, 2], [1, 1, 1]]).det())
for bad in (lambda: A @ Matrix([[1, 2, 3]]), lambda: Matrix([[1], [2, 3]]), Shape):
    try:
        bad()
    except (ValueError, TypeError) as e:
        print(f"{type(e).__name__}: {e}")
A[0, 1] = 7
print(A[0], A[0, 1], [sum(r) for r in A], 2 * A)
rng = random.Random(7)
M = Matrix.random(3, 3, rng)
print(M.map(abs), round(M.det(), 8))
print([type(s).__name__ for s in sorted([Circle(1), Square(1.5), Circle(0.5)])], min(Circle(2), Square(3)).area())
