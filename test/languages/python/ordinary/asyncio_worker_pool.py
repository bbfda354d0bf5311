import asyncio
import time


async def worker(queue, results, delay):
    while True:
        job = await queue.get()
        try:
            await asyncio.sleep(delay * job["weight"])
            results[job["id"]] = "done"
        except asyncio.CancelledError:
            raise
        except Exception as error:
            results[job["id"]] = repr(error)
        finally:
            queue.task_done()


async def run(jobs, workers=4, delay=0.01):
    queue = asyncio.Queue()
    results = {}
    for job in jobs:
        queue.put_nowait(job)
    started = time.perf_counter()
    tasks = [asyncio.create_task(worker(queue, results, delay)) for _ in range(workers)]
    await queue.join()
    for task in tasks:
        task.cancel()
    elapsed = time.perf_counter() - started
    return results, len(jobs) / elapsed


if __name__ == "__main__":
    done, rate = asyncio.run(run([{"id": i, "weight": i % 3} for i in range(20)]))
    print(f"{len(done)} jobs, {rate:.1f}/s")
