class Stack:
    def __init__(self):
        self.items = []

    def push(self, item):
        self.items.append(item)

    def pop(self):
        return self.items.pop()

    def __len__(self):
        return len(self.items)

    def __add__(self, other):
        merged = Stack()
        merged.items = self.items + other.items
        return merged
