WIDTH, HEIGHT = 10, 20
TILE = 32


def to_pixels(column, row):
    return column * TILE, row * TILE


def neighbours(x, y):
    for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        if 0 <= x + dx < WIDTH and 0 <= y + dy < HEIGHT:
            yield x + dx, y + dy


board = [[0] * WIDTH for _ in range(HEIGHT)]
