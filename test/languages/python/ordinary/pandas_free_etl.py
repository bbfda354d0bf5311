def clean(row):
    return {key.strip().lower(): value.strip() for key, value in row.items()}


def to_cents(text):
    whole, _, cents = text.partition(".")
    return int(whole) * 100 + int(cents or 0)


def running(values):
    total = 0
    for value in values:
        total += value
        yield total
