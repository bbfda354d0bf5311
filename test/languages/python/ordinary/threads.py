import queue
import threading

jobs = queue.Queue()
results = []


def worker():
    while True:
        job = jobs.get()
        if job is None:
            break
        results.append(job * 2)
        jobs.task_done()


threads = [threading.Thread(target=worker) for _ in range(4)]
for thread in threads:
    thread.start()
