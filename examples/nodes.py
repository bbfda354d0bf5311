"""The smallest layers: a node that adds, a node that multiplies, and what they pass back.

An adding node hands the upstream slope to both sides, a multiplying node hands each side the other one's value.
"""


class Add:
    def forward(self, left, right):
        return left + right

    def backward(self, upstream):
        return upstream, upstream


class Multiply:
    def forward(self, left, right):
        self.left = left
        self.right = right
        return left * right

    def backward(self, upstream):
        return upstream * self.right, upstream * self.left


def square_of_sum(x, y):
    """z = t**2 with t = x + y: both slopes are 2 (x + y)."""
    t = Add().forward(x, y)
    return t**2


def bill(pens, pen_price, pads, pad_price, tax):
    """What pens and pads cost together."""
    pen_total = Multiply().forward(pens, pen_price)
    pad_total = Multiply().forward(pads, pad_price)
    total = Add().forward(pen_total, pad_total)
    return Multiply().forward(total, tax)


z = square_of_sum(3, 4)
price = bill(2, 1.5, 3, 4.0, 1.2)

# The same by hand: forward through the nodes, then backward in the opposite order.
pen_node, pad_node, sum_node, tax_node = Multiply(), Multiply(), Add(), Multiply()
total = sum_node.forward(pen_node.forward(2, 1.5), pad_node.forward(3, 4.0))
tax_node.forward(total, 1.2)
d_total, d_tax = tax_node.backward(1)
d_pen_total, d_pad_total = sum_node.backward(d_total)
d_pens, d_pen_price = pen_node.backward(d_pen_total)
d_pads, d_pad_price = pad_node.backward(d_pad_total)
print(z, price, d_pens, d_pen_price, d_pads, d_pad_price, d_tax)
