from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


@dataclass
class Item:
    sku: str
    price: Decimal
    quantity: int = 1

    def subtotal(self) -> Decimal:
        return self.price * self.quantity


@dataclass
class Cart:
    items: list = field(default_factory=list)
    coupon: Decimal = Decimal("0")

    def net(self) -> Decimal:
        return sum((i.subtotal() for i in self.items), Decimal("0"))

    def discount(self) -> Decimal:
        return (self.net() * self.coupon).quantize(CENT, rounding=ROUND_HALF_UP)

    def total(self, tax_rate: Decimal) -> Decimal:
        taxable = self.net() - self.discount()
        return (taxable * (1 + tax_rate)).quantize(CENT, rounding=ROUND_HALF_UP)
