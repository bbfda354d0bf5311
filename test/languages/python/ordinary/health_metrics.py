from dataclasses import dataclass


@dataclass
class Sample:
    cpu: float
    memory_used: int
    memory_total: int
    errors: int
    requests: int


def memory_percent(sample):
    return 100 * sample.memory_used / sample.memory_total


def error_rate(sample):
    return sample.errors / sample.requests if sample.requests else 0.0


def moving_average(previous, current, keep=0.9):
    return previous * keep + current * (1 - keep)


def status(sample, max_errors=0.01, max_memory=90):
    if error_rate(sample) > max_errors:
        return "failing"
    if sample.cpu > 95 or memory_percent(sample) > max_memory:
        return "degraded"
    return "healthy"


def uptime_percent(down_minutes, days=30):
    total = days * 24 * 60
    return 100 * (total - down_minutes) / total
