import functools
import logging
import random
import time

log = logging.getLogger(__name__)


def backoff_delay(attempt, base=0.5, factor=2.0, limit=30.0):
    return min(limit, base * factor ** attempt)


def retry(exceptions, attempts=5):
    def decorate(function):
        @functools.wraps(function)
        def inner(*args, **kwargs):
            for attempt in range(attempts):
                try:
                    return function(*args, **kwargs)
                except exceptions as error:
                    if attempt + 1 == attempts:
                        raise
                    delay = backoff_delay(attempt) * random.uniform(0.5, 1.5)
                    log.warning("%s failed (%s), again in %.1f s", function.__name__, error, delay)
                    time.sleep(delay)

        return inner

    return decorate
