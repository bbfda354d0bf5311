import hashlib


class LRU:
    def __init__(self, size):
        self.size = size
        self.entries = {}

    def get(self, key):
        value = self.entries.pop(key)
        self.entries[key] = value
        return value

    def put(self, key, value):
        self.entries[key] = value
        if len(self.entries) > self.size:
            del self.entries[next(iter(self.entries))]


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()
