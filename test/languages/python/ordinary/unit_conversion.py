TO_METRES = {"mm": 0.001, "cm": 0.01, "m": 1, "km": 1000, "in": 0.0254, "ft": 0.3048, "mi": 1609.344}
TO_GRAMS = {"mg": 0.001, "g": 1, "kg": 1000, "oz": 28.349523125, "lb": 453.59237}


class UnknownUnit(KeyError):
    pass


def convert(value, source, target):
    for table in (TO_METRES, TO_GRAMS):
        if source in table and target in table:
            return value * table[source] / table[target]
    raise UnknownUnit(f"{source} -> {target}")


def celsius_to_fahrenheit(c):
    return c * 9 / 5 + 32


def fahrenheit_to_celsius(f):
    return (f - 32) * 5 / 9


def pace(km, minutes):
    per_km = minutes / km
    return f"{int(per_km)}:{round(per_km % 1 * 60):02d} min/km"


if __name__ == "__main__":
    print(convert(26.2, "mi", "km"), celsius_to_fahrenheit(21.5), pace(10, 52))
