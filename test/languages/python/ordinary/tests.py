import unittest

from shop import cart_total


class CartTest(unittest.TestCase):
    def setUp(self):
        self.lines = [{"price": 2.5, "quantity": 4}]

    def test_total(self):
        self.assertEqual(cart_total(self.lines), 2.5 * 4)

    def test_empty(self):
        self.assertEqual(cart_total([]), 0)
