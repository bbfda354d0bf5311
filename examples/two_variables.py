"""Two variables, one output: small enough to follow every step by hand.

Hover a name, or run "Wengert: Open Trace" with the cursor in the function.
"""

import numpy as np


def surface(x1, x2):
    growth = np.log(x1)
    product = x1 * x2
    return growth + product - np.sin(x2)


# The point at which everything is shown. Whole numbers are fine: they are differentiated all the same.
y = surface(2, 5)
print(y)
