import math
from datetime import datetime

RATES = {"car": 2.5, "van": 4.0, "bike": 1.0}
DAY_CAP = 24.0


def fee(kind, arrived, left):
    hours = math.ceil((left - arrived).total_seconds() / 3600)
    days, rest = divmod(hours, 24)
    return days * DAY_CAP + min(DAY_CAP, rest * RATES[kind])


def occupancy(taken, spaces):
    return taken / spaces * 100


def surge(price, taken, spaces):
    load = taken / spaces
    if load > 0.9:
        return price * 1.5
    if load > 0.7:
        return price * 1.2
    return price


if __name__ == "__main__":
    total = fee("car", datetime(2024, 5, 1, 9), datetime(2024, 5, 2, 11, 30))
    print(f"Due: {total:.2f}")
