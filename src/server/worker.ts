/** The evaluation worker of Node: the whole language service in a thread of its own. */
import { parentPort } from 'node:worker_threads';
import { createLanguageService } from '../service';
import { serve } from './serve';

const port = parentPort;
if (!port) throw new Error('worker.ts runs as a worker thread');
serve(
  {
    post: (message) => port.postMessage(message),
    listen: (receive) => port.on('message', receive),
  },
  createLanguageService,
);
