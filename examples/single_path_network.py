"""One input, one hidden unit, one output: backpropagation along a single path.

The hidden unit is a ReLU, the output is linear, the loss is half the squared error. Each weight moves against its
own slope. "Wengert: Open Trace" shows the slopes; below, one step of gradient descent is written out by hand.
"""


def relu(z):
    return max(0.0, z)


def loss(w1, w2, x=1.0, y=1.0):
    hidden = relu(x * w1)
    prediction = hidden * w2
    return 0.5 * (prediction - y) ** 2


w1 = 0.5
w2 = 0.5
before = loss(w1, w2)

# The slopes by hand, at w1 = w2 = 0.5.
error = 0.5 * 0.5 - 1.0
step = 0.1
w2_new = 0.5 - step * error * 0.5
w1_new = 0.5 - step * error * 0.5
w1_after_w2 = 0.5 - step * error * w2_new

# With both weights moved, the last one first, the prediction is nearer to 1.
prediction_after = relu(1.0 * w1_after_w2) * w2_new
after = loss(w1_after_w2, w2_new)
print(before, w2_new, w1_new, w1_after_w2, prediction_after, after)
