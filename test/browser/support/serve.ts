// What `npm run viewer` runs: the stand-alone viewer on the recordings of the fixtures, until Ctrl-C.
import { bold, say } from '../../../scripts/lib/console.mjs';
import { serveStandalone } from './standalone';

serveStandalone().then(
  ({ url }) => say(`\nThe viewer is at\n\n  ${bold(url)}\n\nCtrl-C ends it.`),
  (error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  },
);
