from datetime import date, datetime, timedelta


def month_bounds(day):
    first = day.replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    return first, following - timedelta(days=1)


def working_days(start, end):
    count = 0
    while start <= end:
        if start.weekday() < 5:
            count += 1
        start += timedelta(days=1)
    return count


def age(born, today=None):
    today = today or date.today()
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def humanise(moment, now=None):
    seconds = ((now or datetime.now()) - moment).total_seconds()
    for size, label in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= size:
            return f"{int(seconds // size)} {label} ago"
    return "just now"


def hours_between(start, end):
    return (end - start).total_seconds() / 3600
