def fahrenheit(celsius):
    return celsius * 9 / 5 + 32


def celsius(f):
    return (f - 32) * 5 / 9


for c in range(0, 101, 20):
    print(c, fahrenheit(c))
