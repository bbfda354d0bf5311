from enum import Enum, auto


class State(Enum):
    IDLE = auto()
    PLAYING = auto()
    PAUSED = auto()


class Player:
    transitions = {
        (State.IDLE, "play"): State.PLAYING,
        (State.PLAYING, "pause"): State.PAUSED,
        (State.PAUSED, "play"): State.PLAYING,
        (State.PLAYING, "stop"): State.IDLE,
        (State.PAUSED, "stop"): State.IDLE,
    }

    def __init__(self, length):
        self.state = State.IDLE
        self.length = length
        self.position = 0.0
        self.rate = 1.0

    def send(self, event):
        try:
            self.state = self.transitions[self.state, event]
        except KeyError:
            raise ValueError(f"{event} while {self.state.name.lower()}") from None

    def tick(self, seconds):
        if self.state is State.PLAYING:
            self.position = min(self.length, self.position + seconds * self.rate)
        return self.position / self.length

    def seek(self, percent):
        self.position = self.length * percent / 100
        return self.position
