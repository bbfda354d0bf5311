def split(amount, people):
    share, rest = divmod(amount, people)
    return [share + (1 if i < rest else 0) for i in range(people)]


def tip(bill, percent=15):
    return round(bill * percent / 100, 2)


print(split(100, 3), tip(42.5))
