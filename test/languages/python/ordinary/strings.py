def slugify(title):
    return "-".join(word.lower() for word in title.split())


def wrap(text, width=40):
    lines, line = [], ""
    for word in text.split():
        if len(line) + len(word) + 1 > width:
            lines.append(line)
            line = word
        else:
            line = (line + " " + word).strip()
    return lines + [line]


def rule(n):
    return "-" * n
