import math


class Pizza:
    def __init__(self, diameter, price):
        self.diameter = diameter
        self.price = price

    def area(self):
        return math.pi * self.diameter * self.diameter / 4

    def price_per_area(self):
        return self.price / self.area()


def degrees_to_radians(degrees):
    return degrees * math.pi / 180


def tiles_needed(width, length, tile):
    return math.ceil(width / tile) * math.ceil(length / tile)


def best_deal(pizzas):
    return min(pizzas, key=lambda p: p.price_per_area())


menu = [Pizza(26, 7.5), Pizza(30, 9.9), Pizza(36, 13.5)]
print(best_deal(menu).diameter)
