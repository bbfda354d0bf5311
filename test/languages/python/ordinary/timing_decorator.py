import functools
import time


def timed(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        started = time.perf_counter()
        try:
            return function(*args, **kwargs)
        finally:
            elapsed = time.perf_counter() - started
            print(f"{function.__name__}: {elapsed * 1000:.2f} ms")

    return wrapper


def call_with(inner, *args):
    return inner(*args)


class Stopwatch:
    def __enter__(self):
        self.start = time.perf_counter()
        return self

    def __exit__(self, *exc):
        self.elapsed = time.perf_counter() - self.start

    def per_item(self, count):
        return self.elapsed / count


def speedup(before, after):
    return before / after


@timed
def join_all(parts):
    return ",".join(parts)
