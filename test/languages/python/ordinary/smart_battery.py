import logging
import time

logger = logging.getLogger(__name__)


class Battery:
    def __init__(self, capacity, voltage=12.0):
        self.capacity = capacity
        self.voltage = voltage
        self.charge = capacity

    def power(self, current):
        return self.voltage * current

    def percent(self):
        return 100 * self.charge / self.capacity

    def draw(self, current, hours):
        self.charge = max(0, self.charge - current * hours)
        return self.charge


def runtime(battery, current):
    return battery.charge / current


def report(battery, current):
    return logger.log(logging.INFO, "drawing %s W", battery.power(current))


def watts(battery, current):
    return battery.power(current)


def drain(battery, current, every=60):
    while battery.percent() > 5:
        battery.draw(current, every / 3600)
        report(battery, current)
        time.sleep(every)
