import time
from collections import OrderedDict


class TimedCache:
    """Keeps the entries that were used last, each for a limited time."""

    def __init__(self, capacity=128, ttl=60.0, clock=time.monotonic):
        self.capacity = capacity
        self.ttl = ttl
        self.clock = clock
        self.entries = OrderedDict()
        self.hits = self.misses = 0

    def get(self, key, default=None):
        entry = self.entries.get(key)
        if entry is None or self.clock() - entry[1] > self.ttl:
            self.misses += 1
            self.entries.pop(key, None)
            return default
        self.hits += 1
        self.entries.move_to_end(key)
        return entry[0]

    def put(self, key, value):
        self.entries[key] = (value, self.clock())
        self.entries.move_to_end(key)
        while len(self.entries) > self.capacity:
            self.entries.popitem(last=False)

    def hit_rate(self):
        looked_up = self.hits + self.misses
        return self.hits / looked_up if looked_up else 0.0
