from decimal import Decimal

import pytest

from billing import Invoice, Line


@pytest.fixture
def invoice():
    return Invoice(lines=[Line("Desk", Decimal("199.00"), 2), Line("Lamp", Decimal("35.50"), 1)])


def expected_total(lines, rate):
    net = sum(line.price * line.quantity for line in lines)
    return net + net * rate


def test_total(invoice):
    assert invoice.total(Decimal("0.2")) == expected_total(invoice.lines, Decimal("0.2"))


def test_empty_invoice_costs_nothing():
    assert Invoice(lines=[]).total(Decimal("0.2")) == 0


@pytest.mark.parametrize("days, fee", [(0, 0), (10, 0), (31, 5), (62, 10)])
def test_late_fee(invoice, days, fee):
    assert invoice.late_fee(days) == fee


def test_negative_quantity_is_refused():
    with pytest.raises(ValueError, match="quantity"):
        Line("Desk", Decimal("1"), -1)
