import random

UP, DOWN, LEFT, RIGHT = (0, -1), (0, 1), (-1, 0), (1, 0)


class Snake:
    def __init__(self, width=20, height=15):
        self.width, self.height = width, height
        self.body = [(width // 2, height // 2)]
        self.heading = RIGHT
        self.score = 0
        self.speed = 5.0
        self.place_food()

    def place_food(self):
        free = [(x, y) for x in range(self.width) for y in range(self.height) if (x, y) not in self.body]
        self.food = random.choice(free)

    def turn(self, heading):
        if (heading[0] + self.heading[0], heading[1] + self.heading[1]) != (0, 0):
            self.heading = heading

    def advance(self):
        x, y = self.body[0]
        head = ((x + self.heading[0]) % self.width, (y + self.heading[1]) % self.height)
        if head in self.body:
            return False
        self.body.insert(0, head)
        if head == self.food:
            self.score += 10 * len(self.body)
            self.speed *= 1.05
            self.place_food()
        else:
            self.body.pop()
        return True

    def delay(self):
        return 1 / self.speed
