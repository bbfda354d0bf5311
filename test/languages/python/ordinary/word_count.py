import argparse
import string
import sys
from collections import Counter


def words(stream):
    for line in stream:
        for word in line.split():
            word = word.strip(string.punctuation).lower()
            if word:
                yield word


def share(count, total):
    return 100 * count / total


def average_length(counter):
    total = sum(counter.values())
    return sum(len(word) * count for word, count in counter.items()) / total


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--top", type=int, default=10)
    args = parser.parse_args()
    counter = Counter(words(sys.stdin))
    total = sum(counter.values())
    for word, count in counter.most_common(args.top):
        print(f"{word:<20}{count:>7}{share(count, total):>7.2f} %")


if __name__ == "__main__":
    main()
