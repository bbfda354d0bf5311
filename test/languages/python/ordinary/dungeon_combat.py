import random


class Fighter:
    def __init__(self, name, health, attack, armour=0):
        self.name = name
        self.health = self.max_health = health
        self.attack = attack
        self.armour = armour
        self.xp = 0

    def damage_to(self, other, critical=False):
        raw = self.attack * (2 if critical else 1)
        return max(1, raw - other.armour)

    def strike(self, other):
        damage = self.damage_to(other, random.random() < 0.05)
        other.health -= damage
        return damage

    def health_fraction(self):
        return self.health / self.max_health


def xp_for_level(level, base=100):
    return base * level * (level + 1) // 2


def duel(a, b):
    while a.health > 0 and b.health > 0:
        print(f"{a.name} hits {b.name} for {a.strike(b)}")
        a, b = b, a
    return b if a.health <= 0 else a
