import random
import sys

import pygame

WIDTH, HEIGHT, TILE = 640, 480, 32
GRAVITY = 0.5
JUMP = -10


class Player:
    def __init__(self, x, y):
        self.rect = pygame.Rect(x, y, TILE, TILE)
        self.vx = self.vy = 0
        self.lives = 3

    def update(self, keys, walls):
        self.vx = (keys[pygame.K_RIGHT] - keys[pygame.K_LEFT]) * 4
        self.vy = min(self.vy + GRAVITY, 12)
        self.rect.x += self.vx
        self.collide(walls, self.vx, 0)
        self.rect.y += self.vy
        self.collide(walls, 0, self.vy)

    def collide(self, walls, dx, dy):
        for wall in walls:
            if not self.rect.colliderect(wall):
                continue
            if dx > 0:
                self.rect.right = wall.left
            elif dx < 0:
                self.rect.left = wall.right
            if dy > 0:
                self.rect.bottom, self.vy = wall.top, 0


def spawn(count, level):
    return [(random.randrange(WIDTH // TILE) * TILE, -TILE * (i + 1) * level) for i in range(count)]


def main():
    pygame.init()
    screen = pygame.display.set_mode((WIDTH, HEIGHT))
    clock = pygame.time.Clock()
    player, score, level = Player(100, 100), 0, 1
    walls = [pygame.Rect(i * TILE, HEIGHT - TILE, TILE, TILE) for i in range(WIDTH // TILE)]
    while True:
        dt = clock.tick(60) / 1000
        for event in pygame.event.get():
            if event.type == pygame.QUIT:
                sys.exit()
        player.update(pygame.key.get_pressed(), walls)
        score += int(10 * dt * level)
        level = 1 + score // 500
        screen.fill((20, 20, 40))
        pygame.display.flip()


if __name__ == '__main__':
    main()
