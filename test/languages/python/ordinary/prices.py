RATES = {"eur": 1.0, "usd": 1.08}


def discount(price, percent):
    return price - price * percent / 100


def convert(amount, source, target):
    return amount / RATES[source] * RATES[target]


def cart_total(lines):
    return sum(line["price"] * line["quantity"] for line in lines)
