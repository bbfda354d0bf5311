def parse_hex(text):
    text = text.lstrip("#")
    return tuple(int(text[i : i + 2], 16) for i in (0, 2, 4))


def to_hex(r, g, b):
    return "#%02x%02x%02x" % (r, g, b)


def mix(a, b, share):
    return tuple(int(x * share + y * (1 - share)) for x, y in zip(a, b))
