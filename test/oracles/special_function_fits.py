"""Coefficients of the Chebyshev series in src/symbolic/special: prints them as TypeScript.

Each function is interpolated at the Chebyshev points of its interval with 60 digits (mpmath); terms below 2e-18 of the
largest are dropped. Run: /usr/bin/python3 test/oracles/special_function_fits.py
"""
from mpmath import mp, mpf, cos, pi, erf, erfc, exp, gamma, loggamma, digamma, findroot, sqrt, euler

mp.dps = 60


def chebyshev(f, lo, hi, n=60, drop=mpf('2e-18')):
    """Coefficients c_k of sum' c_k T_k(t), t in [-1, 1] mapped to [lo, hi]; c_0 is already halved."""
    nodes = [cos(pi * (j + mpf(1) / 2) / n) for j in range(n)]
    values = [f((hi + lo) / 2 + (hi - lo) / 2 * t) for t in nodes]
    c = [2 / mpf(n) * sum(values[j] * cos(k * pi * (j + mpf(1) / 2) / n) for j in range(n)) for k in range(n)]
    c[0] /= 2
    top = max(abs(a) for a in c)
    while abs(c[-1]) < drop * top:
        c.pop()
    return c


def show(name, c):
    print(f'const {name} = [')
    print(''.join(f'  {float(a)!r},\n' for a in c) + '];')


# erf(x) / x as a function of x^2 on [0, 1].
show('ERF_OVER_X', chebyshev(lambda u: erf(sqrt(u)) / sqrt(u), mpf(0), mpf(1), 40))
# erfcx(x) = exp(x^2) erfc(x), times (1 + 2x), on x = 2 (1 + t) / (1 - t), x in [1/2, inf): t in [-0.6, 1].
K = 2


def scaled(t):
    if 1 - t < mpf('1e-40'):
        return 2 / sqrt(pi)
    x = K * (1 + t) / (1 - t)
    if x > 1000:
        # Asymptotic series of erfcx: 1 / (x sqrt(pi)) * sum (-1)^k (2k - 1)!! / (2 x^2)^k.
        s, term = mpf(0), mpf(1)
        for k in range(12):
            s += term
            term *= -(2 * k + 1) / (2 * x * x)
        return (1 + 2 * x) * s / (x * sqrt(pi))
    return (1 + 2 * x) * exp(x * x) * erfc(x)


show('ERFCX', chebyshev(scaled, mpf('-0.6'), mpf(1), 80))
# gamma on [1, 2].
show('GAMMA', chebyshev(gamma, mpf(1), mpf(2)))
# log gamma (x) / ((x - 1) (x - 2)) on [1, 3].
def lgamma_quotient(x):
    for point, slope in ((1, euler), (2, 1 - euler)):
        if abs(x - point) < mpf('1e-30'):
            return slope
    return loggamma(x) / ((x - 1) * (x - 2))


show('LGAMMA', chebyshev(lgamma_quotient, mpf(1), mpf(3)))
# digamma (x) / (x - root) on [1, 2], root = 1.4616...
root = findroot(digamma, mpf('1.46163214496836234126'))
show('DIGAMMA', chebyshev(lambda x: digamma(x) / (x - root), mpf(1), mpf(2)))
high = float(root)
print('root', repr(high), repr(float(root - mpf(high))))
