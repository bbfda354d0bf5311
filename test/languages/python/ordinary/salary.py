HOURS = 40


def pay(hours, rate):
    extra = max(0, hours - HOURS)
    return min(hours, HOURS) * rate + extra * rate * 1.5


def yearly(monthly, bonus=0):
    return monthly * 12 + bonus
