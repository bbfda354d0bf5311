import textwrap


def table(rows, headers, gap=2):
    columns = list(zip(headers, *rows))
    widths = [max(len(str(cell)) for cell in column) for column in columns]
    lines = []
    for row in [headers, ["-" * w for w in widths], *rows]:
        lines.append((" " * gap).join(str(cell).ljust(w) for cell, w in zip(row, widths)))
    return "\n".join(lines)


def centre(text, width, fill=" "):
    space = width - len(text)
    left = space // 2
    return fill * left + text + fill * (space - left)


def box(text, width=40):
    inside = textwrap.wrap(text, width - 4)
    edge = "+" + "-" * (width - 2) + "+"
    return "\n".join([edge, *(f"| {line:<{width - 4}} |" for line in inside), edge])


def money(cents, symbol="$"):
    sign = "-" if cents < 0 else ""
    return f"{sign}{symbol}{abs(cents) // 100:,}.{abs(cents) % 100:02d}"


def plural(count, noun):
    return f"{count} {noun}{'' if count == 1 else 's'}"
