from datetime import datetime, timedelta
from itertools import cycle


def make_rota(people, start, days, shift_hours=8):
    rota = []
    turn = cycle(people)
    for day in range(days):
        for slot in range(24 // shift_hours):
            begin = start + timedelta(days=day, hours=slot * shift_hours)
            rota.append((begin, begin + timedelta(hours=shift_hours), next(turn)))
    return rota


def hours_worked(rota, person):
    return sum((end - begin).total_seconds() / 3600 for begin, end, who in rota if who == person)


def wages(hours, rate, overtime_after=40, overtime_factor=1.5):
    overtime = max(0, hours - overtime_after)
    return (hours - overtime) * rate + overtime * rate * overtime_factor


def overlaps(a, b):
    return a[0] < b[1] and b[0] < a[1]


if __name__ == "__main__":
    for begin, end, who in make_rota(["Ada", "Ben", "Cy"], datetime(2024, 3, 4), 2):
        print(f"{begin:%a %H:%M}-{end:%H:%M} {who}")
