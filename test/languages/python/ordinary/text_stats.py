from collections import Counter


def words(text):
    return Counter(text.lower().split())


def longest(text):
    return max(text.split(), key=len)


def share(counter, word):
    return counter[word] / sum(counter.values())
