class Bus:
    def __init__(self):
        self.handlers = {}

    def on(self, name, handler):
        self.handlers.setdefault(name, []).append(handler)

    def emit(self, name, *args):
        for handler in self.handlers.get(name, []):
            handler(*args)


bus = Bus()
bus.on("tick", lambda n: print(n * 2))
bus.emit("tick", 21)
