PAIRS = [(10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]


def roman(n):
    out = ""
    for value, sign in PAIRS:
        while n >= value:
            out += sign
            n -= value
    return out


print(roman(27))
