import time


def backoff(attempt, base=0.5, cap=30):
    return min(cap, base * 2 ** attempt)


def retry(call, attempts=5):
    for attempt in range(attempts):
        try:
            return call()
        except OSError:
            time.sleep(backoff(attempt))
    raise RuntimeError("gave up")
