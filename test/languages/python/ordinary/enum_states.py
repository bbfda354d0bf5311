from enum import Enum


class State(Enum):
    OPEN = 1
    PAID = 2
    SHIPPED = 3


ORDER = [State.OPEN, State.PAID, State.SHIPPED]


def following(state):
    index = ORDER.index(state)
    return ORDER[min(index + 1, len(ORDER) - 1)]
