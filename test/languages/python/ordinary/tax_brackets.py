BRACKETS = [(11_000, 0.10), (44_725, 0.12), (95_375, 0.22), (182_100, 0.24)]
TOP_RATE = 0.32


def income_tax(income):
    owed = 0.0
    lower = 0
    for upper, rate in BRACKETS:
        if income <= upper:
            return owed + (income - lower) * rate
        owed += (upper - lower) * rate
        lower = upper
    return owed + (income - lower) * TOP_RATE


def take_home(income, pension_percent=5):
    pension = income * pension_percent / 100
    return income - pension - income_tax(income - pension)


def effective_rate(income):
    if income == 0:
        return 0
    return income_tax(income) / income


if __name__ == "__main__":
    for salary in (18_000, 42_000, 88_500):
        print(f"{salary:>8,} -> {take_home(salary):>10,.2f} ({effective_rate(salary):.1%})")
