class Node:
    def __init__(self, value, following=None):
        self.value = value
        self.following = following


class LinkedList:
    def __init__(self, values=()):
        self.head = None
        self.length = 0
        for value in reversed(list(values)):
            self.push(value)

    def push(self, value):
        self.head = Node(value, self.head)
        self.length += 1

    def pop(self):
        if self.head is None:
            raise IndexError("pop from an empty list")
        value, self.head = self.head.value, self.head.following
        self.length -= 1
        return value

    def __iter__(self):
        node = self.head
        while node:
            yield node.value
            node = node.following

    def __len__(self):
        return self.length

    def reverse(self):
        before = None
        while self.head:
            self.head.following, before, self.head = before, self.head, self.head.following
        self.head = before
        return self
