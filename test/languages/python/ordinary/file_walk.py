import os


def total_size(root):
    total = 0
    for folder, _, names in os.walk(root):
        for name in names:
            total += os.path.getsize(os.path.join(folder, name))
    return total


def extension(name):
    return os.path.splitext(name)[1].lower()
