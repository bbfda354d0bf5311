import secrets

PRIME = 0xFFFFFFFB
GENERATOR = 5


def public_key(private):
    return pow(GENERATOR, private, PRIME)


def shared_secret(their_public, private):
    return pow(their_public, private, PRIME)


def encrypt(message, exponent, modulus):
    return [pow(byte, exponent, modulus) for byte in message.encode()]


def decrypt(numbers, exponent, modulus):
    return bytes(pow(n, exponent, modulus) for n in numbers).decode()


def xor(data, key):
    return bytes(b ^ key[i % len(key)] for i, b in enumerate(data))


alice = secrets.randbelow(PRIME)
bob = secrets.randbelow(PRIME)
assert shared_secret(public_key(alice), bob) == shared_secret(public_key(bob), alice)
