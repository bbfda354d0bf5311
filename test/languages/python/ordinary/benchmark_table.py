import statistics
import timeit

CASES = {
    "concat": "''.join(str(i) for i in range(100))",
    "format": "'%s-%s' % ('a', 'b')",
    "fstring": "f'{1}-{2}'",
}


def measure(code, repeat=5, number=1000):
    times = timeit.repeat(code, repeat=repeat, number=number)
    return [t / number * 1e6 for t in times]


def relative(value, best):
    return value / best


def spread(values):
    return (max(values) - min(values)) / statistics.median(values)


def main():
    results = {name: measure(code) for name, code in CASES.items()}
    best = min(min(values) for values in results.values())
    for name, values in results.items():
        low = min(values)
        print(f"{name:<10}{low:8.3f} us  x{relative(low, best):.2f}  ±{100 * spread(values):.0f}%")


if __name__ == "__main__":
    main()
