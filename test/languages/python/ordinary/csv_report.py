import csv


def read_rows(path):
    with open(path) as handle:
        return list(csv.DictReader(handle))


def summarize(rows):
    totals = {}
    for row in rows:
        totals[row["team"]] = totals.get(row["team"], 0) + int(row["score"])
    return totals


def average(values):
    return sum(values) / len(values) if values else 0
