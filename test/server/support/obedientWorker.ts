/** The evaluation worker with the service of the tests in it. */
import { parentPort } from 'node:worker_threads';
import { serve } from '../../../src/server/serve';
import { obedientService } from './service';

serve(
  {
    post: (message) => parentPort?.postMessage(message),
    listen: (receive) => parentPort?.on('message', receive),
  },
  obedientService,
);
