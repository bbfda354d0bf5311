import math
import os

UNITS = ["B", "KiB", "MiB", "GiB", "TiB"]


def human_size(size):
    if size == 0:
        return "0 B"
    index = min(int(math.floor(math.log(size, 1024))), len(UNITS) - 1)
    return f"{size / 1024 ** index:.1f} {UNITS[index]}"


def parse_size(text):
    number, unit = text.split()
    return int(float(number) * 1024 ** UNITS.index(unit))


def tree_size(root):
    total = 0
    for folder, _, names in os.walk(root):
        for name in names:
            path = os.path.join(folder, name)
            if not os.path.islink(path):
                total += os.path.getsize(path)
    return total


def megabytes(size):
    return size / (1024 * 1024)


if __name__ == "__main__":
    print(human_size(tree_size(".")))
