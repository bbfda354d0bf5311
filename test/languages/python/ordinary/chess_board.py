FILES = "abcdefgh"


class Board:
    def __init__(self):
        self.pieces = {}

    def square(self, name):
        return FILES.index(name[0]), int(name[1]) - 1

    def place(self, piece, name):
        self.pieces[self.square(name)] = piece

    def at(self, name):
        return self.pieces.get(self.square(name), ".")

    def material(self, worth):
        return sum(worth[p.lower()] * (1 if p.isupper() else -1) for p in self.pieces.values())


def colour(board, name):
    column, row = board.square(name)
    return "dark" if (column + row) % 2 == 0 else "light"


def knight_moves(board, name):
    column, row = board.square(name)
    jumps = [(1, 2), (2, 1), (2, -1), (1, -2), (-1, -2), (-2, -1), (-2, 1), (-1, 2)]
    return [FILES[column + x] + str(row + y + 1) for x, y in jumps if 0 <= column + x < 8 and 0 <= row + y < 8]


def origin(board, move):
    return board.square(move[:2])
