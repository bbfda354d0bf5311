// What `npm run viewer` runs: the stand-alone viewer on the recordings of the fixtures, until Ctrl-C.
import { bold, say } from '../../../scripts/lib/console.mjs';
import { type DocumentName, documents, record } from '../../webview/fixtures/documents';
import { recordings } from '../../webview/fixtures/recordings';
import { serveStandalone } from './standalone';

async function serve(): Promise<void> {
  const recorded = await Promise.all((Object.keys(documents) as DocumentName[]).map(record));
  const { url } = await serveStandalone([...recordings(), ...recorded]);
  say(`\nThe viewer is at\n\n  ${bold(url)}\n\nCtrl-C ends it.`);
}

serve().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
