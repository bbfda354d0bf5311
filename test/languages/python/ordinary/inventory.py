from collections import Counter
from dataclasses import dataclass


@dataclass(order=True)
class Stock:
    sku: str
    on_hand: int
    reorder_point: int
    unit_cost: float = 0.0

    @property
    def value(self):
        return self.on_hand * self.unit_cost

    def to_order(self, lot=12):
        missing = self.reorder_point - self.on_hand
        return 0 if missing <= 0 else -(-missing // lot) * lot


class Warehouse:
    def __init__(self, stocks):
        self.stocks = {s.sku: s for s in stocks}
        self.moves = Counter()

    def ship(self, sku, amount):
        stock = self.stocks[sku]
        if stock.on_hand < amount:
            raise ValueError(f"only {stock.on_hand} of {sku} left")
        stock.on_hand -= amount
        self.moves[sku] += amount
        return stock.on_hand

    def total_value(self):
        return sum(s.value for s in self.stocks.values())

    def turnover(self, sku, days):
        return self.moves[sku] / days
