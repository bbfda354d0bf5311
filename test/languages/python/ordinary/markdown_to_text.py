import re

RULES = [
    (re.compile(r"\*\*(.+?)\*\*"), r"\1"),
    (re.compile(r"`([^`]+)`"), r"\1"),
    (re.compile(r"\[([^\]]+)\]\(([^)]+)\)"), r"\1 (\2)"),
]


def strip_inline(line):
    for pattern, replacement in RULES:
        line = pattern.sub(replacement, line)
    return line


def heading(line):
    level = len(line) - len(line.lstrip("#"))
    title = strip_inline(line[level:].strip())
    return title + "\n" + ("=" if level == 1 else "-") * len(title)


def indent_of(line, tab=4):
    expanded = line.expandtabs(tab)
    return (len(expanded) - len(expanded.lstrip())) // 2


def render(text):
    out = []
    for line in text.splitlines():
        if line.startswith("#"):
            out.append(heading(line))
        elif re.match(r"\s*[-*] ", line):
            out.append("  " * indent_of(line) + "• " + strip_inline(line.strip()[2:]))
        else:
            out.append(strip_inline(line))
    return "\n".join(out)
