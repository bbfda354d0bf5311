import shutil
import sys
import time


class ProgressBar:
    def __init__(self, total, label="", stream=sys.stderr):
        self.total = total
        self.done = 0
        self.label = label
        self.stream = stream
        self.started = time.time()

    def fraction(self):
        return self.done / self.total if self.total else 1.0

    def remaining(self):
        elapsed = time.time() - self.started
        return elapsed / self.done * (self.total - self.done) if self.done else 0

    def step(self, amount=1):
        self.done = min(self.total, self.done + amount)
        self.draw()

    def draw(self):
        width = shutil.get_terminal_size().columns - len(self.label) - 20
        filled = int(width * self.fraction())
        bar = "#" * filled + "." * (width - filled)
        self.stream.write(f"\r{self.label} [{bar}] {self.fraction() * 100:5.1f}% {self.remaining():.0f}s")
        self.stream.flush()
