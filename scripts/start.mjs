// npm start: installs what is missing, builds, and opens VS Code with the extension on examples/.
// `npm start -- FOLDER` opens another folder; `--embedded` and `--desktop` choose the VS Code.
import path from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { bold, duration, grey, main, Plain, requireNode, say } from './lib/console.mjs';
import { desktopCommand, hasDisplay } from './lib/desktop.mjs';
import { startEmbedded } from './lib/embedded.mjs';
import { ensureHost } from './lib/host.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { run, start } from './lib/processes.mjs';
import { onPath } from './lib/programs.mjs';
import { inRoot, root } from './lib/root.mjs';

/** The course of the folder is the first thing to see, and no question about the repository around it. */
const greeting = { 'workbench.startupEditor': 'readme', 'git.openRepositoryInParentFolders': 'never' };

await main(async () => {
  requireNode();
  const started = Date.now();
  const words = process.argv.slice(2);
  const folder = path.resolve(words.find((word) => !word.startsWith('-')) ?? inRoot('examples'));
  const desktop = chooseDesktop(words);

  await ensurePackages();
  const [built] = await Promise.all([ensureBuilt(), desktop ? undefined : ensureHost()]);
  if (!built) throw new Plain('VS Code was not opened, because the build failed.');
  if (desktop) return openDesktop(desktop, folder);
  await openEmbedded(folder, started);
});

/** The command of the desktop VS Code, if that is the one to open. */
function chooseDesktop(/** @type {string[]} */ words) {
  const command = desktopCommand();
  if (words.includes('--embedded')) return undefined;
  if (words.includes('--desktop') && !command)
    throw new Plain('There is no desktop VS Code: install it and put its command `code` on PATH.');
  return words.includes('--desktop') || hasDisplay() ? command : undefined;
}

async function openDesktop(/** @type {string} */ command, /** @type {string} */ folder) {
  say(`Opening VS Code on ${path.relative(root, folder) || folder} …`);
  const args = [`--extensionDevelopmentPath=${root}`, folder];
  const code = await run(command, args, { shell: process.platform === 'win32' });
  if (code !== 0)
    throw new Plain(`\`code\` ended with exit code ${code}; \`npm start -- --embedded\` does without it.`);
}

async function openEmbedded(/** @type {string} */ folder, /** @type {number} */ started) {
  const host = await startEmbedded({ extension: root, settings: greeting });
  const address = host.workbench(folder);
  say(`\nVS Code is ready after ${duration(Date.now() - started)}:\n\n  ${bold(address)}\n`);
  say(grey('It listens on this machine only. Ctrl-C ends it.'));
  openBrowser(address);
  // The server runs until Ctrl-C; if it ends by itself, so do we.
  await host.ended;
  throw new Plain(`The embedded VS Code ended:\n${host.log()}`);
}

function openBrowser(/** @type {string} */ address) {
  if (process.env['CI'] || !hasDisplay()) return;
  const opener = process.platform === 'darwin' ? 'open' : onPath('xdg-open');
  if (opener) start(opener, [address], { stdio: 'ignore' }).once('error', () => {});
}
