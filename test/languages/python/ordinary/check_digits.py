def luhn_valid(number):
    digits = [int(c) for c in str(number) if c.isdigit()]
    total = 0
    for position, digit in enumerate(reversed(digits)):
        if position % 2:
            digit *= 2
            if digit > 9:
                digit -= 9
        total += digit
    return total % 10 == 0


def isbn10_check(body):
    total = sum((10 - i) * int(c) for i, c in enumerate(body))
    check = (11 - total % 11) % 11
    return "X" if check == 10 else str(check)


def ean_check(body):
    total = sum(int(c) * (3 if i % 2 else 1) for i, c in enumerate(body))
    return (10 - total % 10) % 10


def checksum(data, size=16):
    value = 0
    for byte in data:
        value = (value * 31 + byte) & ((1 << size) - 1)
    return value


print(luhn_valid("4539 1488 0343 6467"), isbn10_check("030640615"), ean_check("400638133393"))
