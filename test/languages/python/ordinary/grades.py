def letter(score):
    for limit, grade in ((90, "A"), (80, "B"), (70, "C")):
        if score >= limit:
            return grade
    return "D"


def mean(scores):
    return sum(scores) / len(scores)


scores = [91, 78, 85]
print(mean(scores), [letter(s) for s in scores])
