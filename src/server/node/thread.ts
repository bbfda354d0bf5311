/** The evaluation worker as a thread of Node. */
import { Worker } from 'node:worker_threads';
import type { EndCause, EvaluationWorker } from '../host';

/**
 * Stack of the evaluation thread. Code that calls itself a thousand deep runs through many frames of ours;
 * this holds about 100,000. Four times as much takes nine seconds to run out of.
 */
export const STACK_MEGABYTES = 64;
/** Heap of the evaluation thread; typed arrays lie outside it and have a budget of their own. */
export const HEAP_MEGABYTES = 2048;

/** Starts an evaluation thread from a bundled (or, in tests, plain) file. */
export function startThread(file: string, { heapMegabytes = HEAP_MEGABYTES } = {}): EvaluationWorker {
  const worker = new Worker(file, {
    resourceLimits: { stackSizeMb: STACK_MEGABYTES, maxOldGenerationSizeMb: heapMegabytes },
  });
  let terminated = false;
  const ended = new Promise<EndCause | undefined>((resolve) => {
    worker.once('error', (error: Error & { code?: string }) =>
      resolve(
        terminated
          ? undefined
          : {
              kind: error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : 'crash',
              detail: error.stack ?? error.message,
            },
      ),
    );
    worker.once('exit', (code) => resolve(terminated ? undefined : { kind: 'crash', detail: `exit code ${code}` }));
  });
  return {
    port: {
      post: (message) => worker.postMessage(message),
      listen: (receive) => worker.on('message', receive),
    },
    ended,
    terminate() {
      terminated = true;
      void worker.terminate();
    },
  };
}
