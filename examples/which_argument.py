"""Derivatives by hand that do not say what they are taken by.

Of a function of two arguments there are two. “Check Gradients in File” tells which one each of these is, and that a
constant derivative needs no argument at all.
"""


def slope_times(slope, position):
    return -slope * position


def d_slope_times(slope, position):
    # By the second argument: by the first it would be -position.
    return -slope


def stretch(width, height):
    return width * height**2


def d_stretch(width, height):
    # By the first.
    return height**2


def itself(position):
    return position


def d_itself():
    return 1


print(d_slope_times(3.0, 2.0), d_stretch(2.0, 5.0), d_itself())
