import functools
import logging
from collections import defaultdict

logger = logging.getLogger("events")
handlers = defaultdict(list)


def on(event, priority=0):
    def outer(function):
        handlers[event].append((priority, function))
        handlers[event].sort(key=lambda entry: -entry[0])
        return function

    return outer


def logged(function):
    def inner(payload):
        logger.info("calling %s", function.__name__)
        return function(payload)

    @functools.wraps(function)
    def wrapper(payload):
        return inner(payload)

    return wrapper


def emit(event, payload):
    return [function(payload) for _, function in handlers[event]]


@on("order.paid", priority=5)
@logged
def send_receipt(order):
    return f"receipt for {order['id']}"
