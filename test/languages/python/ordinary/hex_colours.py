def parse_hex(text):
    text = text.lstrip("#")
    if len(text) == 3:
        text = "".join(c * 2 for c in text)
    return tuple(int(text[i : i + 2], 16) for i in (0, 2, 4))


def to_hex(rgb):
    return "#%02x%02x%02x" % tuple(max(0, min(255, round(c))) for c in rgb)


def mix(a, b, amount):
    return tuple(x + (y - x) * amount for x, y in zip(a, b))


def brightness(rgb):
    r, g, b = rgb
    return (r * 299 + g * 587 + b * 114) / 1000


def text_colour(background):
    return "#000000" if brightness(parse_hex(background)) > 128 else "#ffffff"


def gradient(start, end, steps):
    a, b = parse_hex(start), parse_hex(end)
    return [to_hex(mix(a, b, i / (steps - 1))) for i in range(steps)]


print(gradient("#ff0000", "#00f", 5), text_colour("#fafafa"))
