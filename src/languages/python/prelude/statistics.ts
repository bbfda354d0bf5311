export const statistics = `
import math as _math

class StatisticsError(ValueError):
    pass

def _checked(data, least, name):
    data = list(data)
    if len(data) < least:
        if least == 1:
            raise StatisticsError(f'{name} requires at least one data point')
        raise StatisticsError(f'{name} requires at least two data points')
    return data

def _half(n, d):
    return n // d if isinstance(n, int) and n % d == 0 else n / d

def mean(data):
    data = _checked(data, 1, 'mean')
    total = sum(data) if all(isinstance(x, int) for x in data) else _math.fsum(data)
    return _half(total, len(data))

def fmean(data):
    data = _checked(data, 1, 'fmean')
    return _math.fsum(data) / len(data)

def median(data):
    data = sorted(data)
    n = len(data)
    if n == 0:
        raise StatisticsError('no median for empty data')
    if n % 2 == 1:
        return data[n // 2]
    return (data[n // 2 - 1] + data[n // 2]) / 2

def median_low(data):
    data = sorted(data)
    n = len(data)
    if n == 0:
        raise StatisticsError('no median for empty data')
    return data[(n - 1) // 2]

def median_high(data):
    data = sorted(data)
    n = len(data)
    if n == 0:
        raise StatisticsError('no median for empty data')
    return data[n // 2]

def mode(data):
    counts = {}
    for x in data:
        counts[x] = counts.get(x, 0) + 1
    if not counts:
        raise StatisticsError('no mode for empty data')
    return max(counts, key=counts.get)

def multimode(data):
    counts = {}
    for x in data:
        counts[x] = counts.get(x, 0) + 1
    most = max(counts.values(), default=0)
    return [x for x, n in counts.items() if n == most]

def harmonic_mean(data):
    data = _checked(data, 1, 'harmonic_mean')
    if any(x < 0 for x in data):
        raise StatisticsError('harmonic mean does not support negative values')
    if any(x == 0 for x in data):
        return 0
    return len(data) / _math.fsum(1 / x for x in data)

def geometric_mean(data):
    data = list(data)
    if not data or any(x <= 0 for x in data):
        raise StatisticsError('geometric mean requires a non-empty dataset containing positive numbers')
    return _math.exp(_math.fsum(_math.log(x) for x in data) / len(data))

def _spread(data, mean_, least, name, lost):
    data = _checked(data, least, name)
    n = len(data)
    if mean_ is None and all(isinstance(x, int) for x in data):
        total = sum(data)
        return _half(n * sum(x * x for x in data) - total * total, n * (n - lost))
    m = _math.fsum(data) / n if mean_ is None else mean_
    return _math.fsum((x - m) ** 2 for x in data) / (n - lost)

def variance(data, xbar=None):
    return _spread(data, xbar, 2, 'variance', 1)

def pvariance(data, mu=None):
    return _spread(data, mu, 1, 'pvariance', 0)

def stdev(data, xbar=None):
    return _math.sqrt(_spread(data, xbar, 2, 'stdev', 1))

def pstdev(data, mu=None):
    return _math.sqrt(_spread(data, mu, 1, 'pstdev', 0))

def _paired(x, y, name):
    x, y = list(x), list(y)
    if len(x) != len(y):
        raise StatisticsError(f'{name} requires that both inputs have same number of data points')
    if len(x) < 2:
        raise StatisticsError(f'{name} requires at least two data points')
    return x, y, _math.fsum(x) / len(x), _math.fsum(y) / len(y)

def covariance(x, y, /):
    x, y, mx, my = _paired(x, y, 'covariance')
    return _math.fsum((a - mx) * (b - my) for a, b in zip(x, y)) / (len(x) - 1)

def correlation(x, y, /):
    x, y, mx, my = _paired(x, y, 'correlation')
    sxy = _math.fsum((a - mx) * (b - my) for a, b in zip(x, y))
    sxx = _math.fsum((a - mx) ** 2 for a in x)
    syy = _math.fsum((b - my) ** 2 for b in y)
    if sxx == 0 or syy == 0:
        raise StatisticsError('at least one of the inputs is constant')
    return sxy / _math.sqrt(sxx * syy)

class NormalDist:
    def __init__(self, mu=0.0, sigma=1.0):
        if sigma < 0.0:
            raise StatisticsError('sigma must be non-negative')
        self._mu = float(mu)
        self._sigma = float(sigma)
    @classmethod
    def from_samples(cls, data):
        data = list(data)
        return cls(fmean(data), stdev(data))
    @property
    def mean(self):
        return self._mu
    @property
    def median(self):
        return self._mu
    @property
    def mode(self):
        return self._mu
    @property
    def stdev(self):
        return self._sigma
    @property
    def variance(self):
        return self._sigma ** 2.0
    def pdf(self, x):
        variance = self._sigma ** 2.0
        if not variance:
            raise StatisticsError('pdf() not defined when sigma is zero')
        return _math.exp((x - self._mu) ** 2.0 / (-2.0 * variance)) / _math.sqrt(_math.tau * variance)
    def cdf(self, x):
        if not self._sigma:
            raise StatisticsError('cdf() not defined when sigma is zero')
        return 0.5 * (1.0 + _math.erf((x - self._mu) / (self._sigma * _math.sqrt(2.0))))
    def inv_cdf(self, p):
        from scipy.special import ndtri
        if p <= 0.0 or p >= 1.0:
            raise StatisticsError('p must be in the range 0.0 < p < 1.0')
        return self._mu + self._sigma * float(ndtri(p))
    def zscore(self, x):
        if not self._sigma:
            raise StatisticsError('zscore() not defined when sigma is zero')
        return (x - self._mu) / self._sigma
    def __add__(self, other):
        if isinstance(other, NormalDist):
            return NormalDist(self._mu + other._mu, _math.hypot(self._sigma, other._sigma))
        return NormalDist(self._mu + other, self._sigma)
    __radd__ = __add__
    def __sub__(self, other):
        if isinstance(other, NormalDist):
            return NormalDist(self._mu - other._mu, _math.hypot(self._sigma, other._sigma))
        return NormalDist(self._mu - other, self._sigma)
    def __rsub__(self, other):
        return NormalDist(other - self._mu, self._sigma)
    def __mul__(self, other):
        return NormalDist(self._mu * other, self._sigma * abs(other))
    __rmul__ = __mul__
    def __truediv__(self, other):
        return NormalDist(self._mu / other, self._sigma / abs(other))
    def __pos__(self):
        return NormalDist(self._mu, self._sigma)
    def __neg__(self):
        return NormalDist(-self._mu, self._sigma)
    def __eq__(self, other):
        if not isinstance(other, NormalDist):
            return NotImplemented
        return self._mu == other._mu and self._sigma == other._sigma
    def __hash__(self):
        return hash((self._mu, self._sigma))
    def __repr__(self):
        return f'NormalDist(mu={self._mu!r}, sigma={self._sigma!r})'
`;
