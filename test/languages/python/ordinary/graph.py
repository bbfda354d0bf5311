from collections import deque


def shortest(edges, start, goal):
    queue = deque([(start, 0)])
    seen = {start}
    while queue:
        node, distance = queue.popleft()
        if node == goal:
            return distance
        for other in edges.get(node, ()):
            if other not in seen:
                seen.add(other)
                queue.append((other, distance + 1))
    return None
