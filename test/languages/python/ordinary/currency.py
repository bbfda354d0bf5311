from decimal import Decimal

RATES = {"EUR": Decimal("1"), "USD": Decimal("1.08"), "GBP": Decimal("0.86"), "JPY": Decimal("169.4")}


class Money:
    def __init__(self, amount, currency="EUR"):
        self.amount = Decimal(str(amount))
        self.currency = currency

    def to(self, currency):
        return Money(self.amount / RATES[self.currency] * RATES[currency], currency)

    def __add__(self, other):
        return Money(self.amount + other.to(self.currency).amount, self.currency)

    def __sub__(self, other):
        return Money(self.amount - other.to(self.currency).amount, self.currency)

    def __mul__(self, factor):
        return Money(self.amount * Decimal(str(factor)), self.currency)

    def __eq__(self, other):
        return self.amount == other.to(self.currency).amount

    def __str__(self):
        return f"{self.amount:.2f} {self.currency}"


print(Money(10) + Money(10, "USD"), Money(3) * 2.5)
