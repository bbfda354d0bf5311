from dataclasses import dataclass, field
from statistics import mean, median

WEIGHTS = {"homework": 0.3, "midterm": 0.3, "final": 0.4}
LETTERS = [(90, "A"), (80, "B"), (70, "C"), (60, "D")]


@dataclass
class Student:
    name: str
    scores: dict = field(default_factory=dict)

    def average(self, kind):
        marks = self.scores.get(kind, [])
        return mean(marks) if marks else 0

    def final_mark(self):
        return sum(self.average(kind) * weight for kind, weight in WEIGHTS.items())

    def letter(self):
        return next((letter for limit, letter in LETTERS if self.final_mark() >= limit), "F")


def curve(marks, target=75):
    shift = target - mean(marks)
    return [min(100, mark + shift) for mark in marks]


def class_summary(students):
    marks = [s.final_mark() for s in students]
    return {"mean": mean(marks), "median": median(marks), "best": max(marks)}
