from datetime import datetime, timedelta


def days_between(a, b):
    return (b - a).days


def age(born, today):
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def next_week(day):
    return day + timedelta(days=7)


start = datetime(2024, 1, 1)
end = next_week(start)
