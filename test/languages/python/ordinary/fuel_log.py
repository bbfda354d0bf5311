import csv
from collections import namedtuple

Fill = namedtuple("Fill", "date odometer litres price")


def load(path):
    with open(path, newline="") as stream:
        reader = csv.reader(stream)
        next(reader)
        return [Fill(d, int(o), float(l), float(p)) for d, o, l, p in reader]


def consumption(before, after):
    return after.litres / (after.odometer - before.odometer) * 100


def cost_per_km(fills):
    distance = fills[-1].odometer - fills[0].odometer
    spent = sum(f.litres * f.price for f in fills[1:])
    return spent / distance


def trip_cost(distance, litres_per_100, price):
    litres = distance * litres_per_100 / 100
    return litres * price


if __name__ == "__main__":
    fills = load("fuel.csv")
    for before, after in zip(fills, fills[1:]):
        print(after.date, round(consumption(before, after), 1), "l/100 km")
    print(trip_cost(420, 6.3, 1.79))
