import threading
import time


class TokenBucket:
    def __init__(self, rate, burst):
        self.rate = rate
        self.burst = burst
        self.tokens = burst
        self.updated = time.monotonic()
        self.lock = threading.Lock()

    def refill(self, now):
        self.tokens = min(self.burst, self.tokens + (now - self.updated) * self.rate)
        self.updated = now
        return self.tokens

    def acquire(self, amount=1):
        with self.lock:
            if self.refill(time.monotonic()) < amount:
                return False
            self.tokens -= amount
            return True

    def wait_time(self, amount):
        missing = amount - self.tokens
        return max(0.0, missing / self.rate)
