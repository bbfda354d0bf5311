import time


class Timer:
    def __enter__(self):
        self.start = time.perf_counter()
        return self

    def __exit__(self, *exc):
        self.elapsed = time.perf_counter() - self.start


def milliseconds(seconds):
    return seconds * 1000


def timed(call):
    start = time.time()
    result = call()
    print("took", time.time() - start)
    return result
