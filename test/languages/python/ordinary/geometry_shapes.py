import abc
import math


class Shape(abc.ABC):
    @abc.abstractmethod
    def area(self):
        ...

    def cost(self, price):
        return self.area() * price


class Rectangle(Shape):
    def __init__(self, width, height):
        self.width, self.height = width, height

    def area(self):
        return self.width * self.height

    def perimeter(self):
        return 2 * (self.width + self.height)


class Circle(Shape):
    def __init__(self, radius):
        self.radius = radius

    def area(self):
        return math.pi * self.radius * self.radius


def paint_cans(shapes, coverage=10.5):
    return math.ceil(sum(s.area() for s in shapes) / coverage)


print(paint_cans([Rectangle(4, 2.5), Circle(1.2)]))
