import asyncio


class Battery:
    capacity = 100

    def __init__(self):
        self.charge = 50

    def drain(self, watts, hours):
        self.charge = max(0, self.charge - watts * hours)

    def level(self):
        return round(100 * self.charge / self.capacity)


async def monitor(battery, seconds):
    while battery.charge:
        await asyncio.sleep(seconds)
