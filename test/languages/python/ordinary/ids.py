import uuid
import random


def token(length=8):
    return "".join(random.choice("abcdef0123456789") for _ in range(length))


def new_id():
    return str(uuid.uuid4())


def checksum(number):
    return sum(int(d) * (i + 1) for i, d in enumerate(str(number))) % 97
