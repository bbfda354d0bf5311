import argparse
import hashlib
from collections import defaultdict
from pathlib import Path


def digest(path, block=65536):
    h = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(block):
            h.update(chunk)
    return h.hexdigest()


def find_duplicates(root):
    by_size = defaultdict(list)
    for path in Path(root).rglob("*"):
        if path.is_file():
            by_size[path.stat().st_size].append(path)
    for size, paths in by_size.items():
        if len(paths) < 2:
            continue
        seen = {}
        for path in paths:
            original = seen.setdefault(digest(path), path)
            if original is not path:
                yield original, path, size


def main():
    parser = argparse.ArgumentParser(description="List files with equal content")
    parser.add_argument("root", nargs="?", default=".")
    args = parser.parse_args()
    wasted = 0
    for original, copy, size in find_duplicates(args.root):
        print(f"{copy} repeats {original}")
        wasted += size
    print(f"{wasted / 1e6:.1f} MB could be freed")


if __name__ == "__main__":
    main()
