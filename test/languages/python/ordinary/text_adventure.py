ROOMS = {
    "hall": {"north": "library", "east": "kitchen"},
    "library": {"south": "hall"},
    "kitchen": {"west": "hall"},
}


def move(room, direction):
    return ROOMS[room].get(direction, room)


def parse(command):
    verb, _, rest = command.strip().lower().partition(" ")
    return verb, rest.split()


def score(found, moves):
    return found * 50 - moves * 2


def play():
    room, moves, bag = "hall", 0, []
    while True:
        verb, words = parse(input(f"[{room}] > "))
        if verb == "quit":
            break
        if verb == "go" and words:
            room = move(room, words[0])
            moves += 1
        elif verb == "take" and words:
            bag.append(words[0])
        else:
            print("Pardon?")
    print("Score:", score(len(bag), moves))


if __name__ == "__main__":
    play()
