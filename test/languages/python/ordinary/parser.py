import re

TOKEN = re.compile(r"\s*(\d+|.)")


def tokens(text):
    return TOKEN.findall(text)


class Parser:
    def __init__(self, text):
        self.items = tokens(text)
        self.position = 0

    def peek(self):
        return self.items[self.position] if self.position < len(self.items) else None

    def advance(self):
        self.position += 1
        return self.items[self.position - 1]
