import functools
import re


@functools.total_ordering
class Version:
    PATTERN = re.compile(r"^v?(\d+)\.(\d+)\.(\d+)(?:-([\w.]+))?$")

    def __init__(self, text):
        match = self.PATTERN.match(text)
        if match is None:
            raise ValueError(f"not a version: {text!r}")
        self.numbers = tuple(int(n) for n in match.groups()[:3])
        self.pre = match.group(4)

    def key(self):
        return self.numbers, self.pre is None, self.pre or ""

    def __eq__(self, other):
        return self.key() == other.key()

    def __lt__(self, other):
        return self.key() < other.key()

    def bump(self, part):
        numbers = list(self.numbers)
        numbers[part] += 1
        numbers[part + 1 :] = [0] * (2 - part)
        return Version(".".join(map(str, numbers)))


def newest(versions):
    return max(versions, key=Version)
