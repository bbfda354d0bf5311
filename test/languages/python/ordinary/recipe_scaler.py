from fractions import Fraction

RECIPE = {"flour": (500, "g"), "water": (325, "ml"), "salt": (10, "g"), "yeast": (Fraction(7, 2), "g")}


def scale(recipe, servings, base=4):
    factor = Fraction(servings, base)
    return {name: (amount * factor, unit) for name, (amount, unit) in recipe.items()}


def hydration(recipe):
    return recipe["water"][0] / recipe["flour"][0] * 100


def pretty(amount):
    whole, rest = divmod(Fraction(amount), 1)
    if rest == 0:
        return str(whole)
    return f"{whole} {rest}" if whole else str(rest)


def shopping_list(*recipes):
    needed = {}
    for recipe in recipes:
        for name, (amount, unit) in recipe.items():
            needed[name, unit] = needed.get((name, unit), 0) + amount
    return needed


for name, (amount, unit) in scale(RECIPE, 6).items():
    print(f"{pretty(amount):>8} {unit:<3} {name}")
