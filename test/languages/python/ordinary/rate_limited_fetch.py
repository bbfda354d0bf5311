import asyncio
import time
from collections import deque
from contextlib import asynccontextmanager


class RateLimiter:
    def __init__(self, per_second, burst=5):
        self.per_second = per_second
        self.capacity = burst
        self.tokens = burst
        self.updated = time.monotonic()
        self.lock = asyncio.Lock()

    async def acquire(self):
        async with self.lock:
            now = time.monotonic()
            self.tokens = min(self.capacity, self.tokens + (now - self.updated) * self.per_second)
            self.updated = now
            if self.tokens < 1:
                await asyncio.sleep((1 - self.tokens) / self.per_second)
                self.tokens = 0
            else:
                self.tokens -= 1


@asynccontextmanager
async def timed(label, log):
    start = time.perf_counter()
    try:
        yield
    finally:
        log.append((label, round((time.perf_counter() - start) * 1000, 1)))


async def worker(name, queue, limiter, log):
    while not queue.empty():
        url, attempt = await queue.get()
        await limiter.acquire()
        async with timed(url, log):
            await asyncio.sleep(0.01 * attempt)
        if attempt < 3 and hash(url) % 7 == 0:
            await queue.put((url, attempt + 1))
        queue.task_done()


def summary(log):
    times = sorted(ms for _, ms in log)
    if not times:
        return 'nothing'
    middle = len(times) // 2
    median = times[middle] if len(times) % 2 else (times[middle - 1] + times[middle]) / 2
    return f'{len(times)} requests, median {median:.1f} ms, slowest {times[-1]:.1f} ms'


async def main(urls, workers=4):
    queue, log, recent = asyncio.Queue(), deque(maxlen=1000), []
    for url in urls:
        queue.put_nowait((url, 1))
    limiter = RateLimiter(10)
    await asyncio.gather(*(worker(f'w{i}', queue, limiter, log) for i in range(workers)))
    print(summary(log))


if __name__ == '__main__':
    asyncio.run(main([f'https://example.org/{i}' for i in range(20)]))
