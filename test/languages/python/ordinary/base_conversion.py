DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def to_base(number, base):
    if number == 0:
        return "0"
    sign, number = ("-", -number) if number < 0 else ("", number)
    out = []
    while number:
        number, digit = divmod(number, base)
        out.append(DIGITS[digit])
    return sign + "".join(reversed(out))


def from_base(text, base):
    value = 0
    for character in text.lower():
        value = value * base + DIGITS.index(character)
    return value


def roman(number):
    table = [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")]
    table += [(10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
    out = ""
    for size, letters in table:
        out += letters * (number // size)
        number %= size
    return out


print(to_base(255, 16), from_base("zz", 36), roman(1994))
