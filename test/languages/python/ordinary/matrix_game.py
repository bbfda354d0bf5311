def rotate(board):
    return [list(row) for row in zip(*board[::-1])]


def score(lines):
    return [0, 40, 100, 300, 1200][lines]


def level_up(level, lines):
    return level + lines // 10


level = level_up(1, 25)
