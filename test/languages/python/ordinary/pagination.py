import math


class Page:
    def __init__(self, items, number, per_page, total):
        self.items = items
        self.number = number
        self.per_page = per_page
        self.total = total

    @property
    def pages(self):
        return max(1, math.ceil(self.total / self.per_page))

    @property
    def first_index(self):
        return (self.number - 1) * self.per_page + 1

    @property
    def last_index(self):
        return min(self.number * self.per_page, self.total)

    def has_next(self):
        return self.number < self.pages


def window(current, pages, size=5):
    half = size // 2
    start = max(1, min(current - half, pages - size + 1))
    return list(range(start, min(pages, start + size - 1) + 1))


def offset_limit(page, per_page=20):
    return (page - 1) * per_page, per_page
