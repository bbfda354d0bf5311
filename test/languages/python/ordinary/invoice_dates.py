"""Usage: invoice_dates.py ledger.csv --year 2024 --currency EUR"""
import argparse
import csv
from collections import defaultdict
from datetime import date, timedelta

RATES = {'EUR': 1.0, 'USD': 1.08, 'GBP': 0.85}


def due_date(issued, days=30):
    due = issued + timedelta(days=days)
    while due.weekday() >= 5:
        due += timedelta(days=1)
    return due


def quarter(day):
    return (day.month - 1) // 3 + 1


def convert(cents, source, target):
    return round(cents / RATES[source] * RATES[target])


def money(cents, currency):
    sign = '-' if cents < 0 else ''
    return f'{sign}{abs(cents) // 100:,}.{abs(cents) % 100:02d} {currency}'


def late_fee(cents, days_late):
    weeks = max(0, days_late) // 7
    return min(cents * weeks // 50, 5000)


def report(path, year, currency):
    totals = defaultdict(int)
    with open(path, newline='') as handle:
        for row in csv.DictReader(handle):
            issued = date.fromisoformat(row['issued'])
            if issued.year != year:
                continue
            cents = convert(int(row['cents']), row['currency'], currency)
            late = (date.today() - due_date(issued)).days
            totals[quarter(issued)] += cents + late_fee(cents, late)
    for number in sorted(totals):
        share = 100 * totals[number] / sum(totals.values())
        print(f'Q{number} {money(totals[number], currency):>16} {share:5.1f} %')


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('ledger')
    parser.add_argument('--year', type=int, default=2024)
    parser.add_argument('--currency', choices=sorted(RATES), default='EUR')
    options = parser.parse_args()
    report(options.ledger, options.year, options.currency)
