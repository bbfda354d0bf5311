def table(rows):
    widths = [max(len(str(cell)) for cell in column) for column in zip(*rows)]
    return "\n".join(" ".join(str(c).rjust(w) for c, w in zip(row, widths)) for row in rows)


def transpose(rows):
    return [list(column) for column in zip(*rows)]


print(table([[1, 2], [30, 40]]))
