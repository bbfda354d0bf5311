import csv
import sys
from collections import defaultdict


def read_sales(stream):
    for row in csv.DictReader(stream):
        yield row["region"], int(row["units"]), float(row["price"])


def summarise(sales):
    units, revenue = defaultdict(int), defaultdict(float)
    for region, count, price in sales:
        units[region] += count
        revenue[region] += count * price
    return units, revenue


def growth(current, previous):
    return (current - previous) / previous * 100 if previous else 0.0


def bar(value, largest, width=40):
    return "*" * int(value / largest * width)


def report(sales, out=sys.stdout):
    units, revenue = summarise(sales)
    largest = max(revenue.values(), default=1)
    for region in sorted(revenue, key=revenue.get, reverse=True):
        average = revenue[region] / units[region]
        out.write(f"{region:<12}{revenue[region]:>12,.2f}{average:>9.2f} {bar(revenue[region], largest)}\n")


if __name__ == "__main__":
    report(read_sales(open(sys.argv[1], newline="")))
