def neighbours(grid, row, column):
    for dr in (-1, 0, 1):
        for dc in (-1, 0, 1):
            r, c = row + dr, column + dc
            if (dr or dc) and 0 <= r < len(grid) and 0 <= c < len(grid[0]):
                yield grid[r][c]


def life_step(grid):
    following = []
    for r, line in enumerate(grid):
        new = []
        for c, cell in enumerate(line):
            alive = sum(neighbours(grid, r, c))
            new.append(1 if alive == 3 or (cell and alive == 2) else 0)
        following.append(new)
    return following


def show(grid):
    return "\n".join("".join("#" if cell else "." for cell in line) for line in grid)


def rotate(grid):
    return [list(line) for line in zip(*grid[::-1])]


def manhattan(a, b):
    return abs(a[0] - b[0]) + abs(a[1] - b[1])


world = [[0, 1, 0], [0, 1, 0], [0, 1, 0]]
print(show(life_step(world)))
