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
`;
