import argparse
import pathlib
import re
import sys


def new_name(path, index, pattern, width):
    stem = re.sub(r"\W+", "_", path.stem).strip("_").lower()
    return pattern.format(n=str(index).zfill(width), stem=stem, ext=path.suffix.lower())


def main(argv=None):
    parser = argparse.ArgumentParser(description="Rename files in order")
    parser.add_argument("files", nargs="+", type=pathlib.Path)
    parser.add_argument("-p", "--pattern", default="{n}-{stem}{ext}")
    parser.add_argument("-s", "--start", type=int, default=1)
    parser.add_argument("-n", "--dry-run", action="store_true")
    args = parser.parse_args(argv)
    width = len(str(args.start + len(args.files) - 1))
    for index, path in enumerate(sorted(args.files), args.start):
        target = path.with_name(new_name(path, index, args.pattern, width))
        if target.exists():
            print(f"{target} exists", file=sys.stderr)
            return 1
        print(f"{path} -> {target}")
        if not args.dry_run:
            path.rename(target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
