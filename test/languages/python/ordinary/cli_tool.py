import argparse
import sys


def main(argv=None):
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="+")
    parser.add_argument("--lines", type=int, default=10)
    options = parser.parse_args(argv)
    for name in options.files:
        with open(name) as handle:
            for line in list(handle)[: options.lines]:
                sys.stdout.write(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
