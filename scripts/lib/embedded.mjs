// Runs the embedded VS Code: one server process with fresh data folders on a free loopback port.
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Plain } from './console.mjs';
import { cleanEnvironment, hostProgram } from './host.mjs';
import { end, start } from './processes.mjs';

/** Settings of a quiet VS Code: no welcome page, no updates, no offers. */
const quietSettings = {
  'workbench.startupEditor': 'none',
  'telemetry.telemetryLevel': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'security.workspace.trust.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'update.mode': 'none',
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'window.confirmBeforeClose': 'never',
};

/**
 * @typedef {object} Embedded
 * @property {string} url address of the workbench, with the connection token if there is one
 * @property {string} authority host and port
 * @property {string} home folder of everything that this run writes
 * @property {() => string} log what the server printed
 * @property {(folder: string, payload?: Record<string, string>) => string} workbench address that opens a folder
 * @property {Promise<void>} ended resolves when the server has ended, for whatever reason
 * @property {() => Promise<void>} stop ends the server and removes its folders
 */

/**
 * Starts the server and waits until it answers.
 * @param {object} [options]
 * @param {Record<string, unknown>} [options.settings] user settings
 * @param {string} [options.extension] folder of an extension to install by a link
 * @param {boolean} [options.testDriver] let the address name an extension under development, without a token (tests only)
 * @returns {Promise<Embedded>}
 */
export async function startEmbedded({ settings = {}, extension, testDriver = false } = {}) {
  const home = mkdtempSync(path.join(os.tmpdir(), 'wengert-vscode-'));
  const data = path.join(home, 'data');
  const extensions = path.join(home, 'extensions');
  mkdirSync(path.join(data, 'User'), { recursive: true });
  mkdirSync(extensions);
  const userSettings = { ...quietSettings, ...settings };
  writeFileSync(path.join(data, 'User', 'settings.json'), JSON.stringify(userSettings, null, 2));
  // A link, so that a rebuilt extension is there after “Reload Window”.
  if (extension) symlinkSync(extension, path.join(extensions, 'wengert.wengert-0.0.0'), 'dir');

  const port = await freePort();
  const token = testDriver ? undefined : randomBytes(16).toString('hex');
  const folders = ['--server-data-dir', home, '--user-data-dir', data, '--extensions-dir', extensions];
  const access = token ? ['--connection-token', token] : ['--without-connection-token', '--enable-smoke-test-driver'];
  const silence = ['--disable-telemetry', '--disable-experiments', '--disable-workspace-trust'];
  const where = ['--host', '127.0.0.1', '--port', String(port)];
  const args = [hostProgram.entry, '--accept-server-license-terms', ...folders, ...where, ...access, ...silence];
  const server = start(hostProgram.node, args, {
    env: {
      ...cleanEnvironment(),
      ...(testDriver ? privateHome(home) : {}),
      EXTENSIONS_GALLERY: '{}',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  /** @type {Promise<void>} */
  const ended = new Promise((resolve) => server.once('exit', () => resolve()));
  let log = '';
  for (const stream of [server.stdout, server.stderr]) stream?.on('data', (text) => (log += text));
  const remove = () => rmSync(home, { recursive: true, force: true });
  process.once('exit', remove);

  const address = `http://127.0.0.1:${port}/`;
  await answers(address, server, () => log);

  return {
    url: token ? `${address}?tkn=${token}` : address,
    authority: `127.0.0.1:${port}`,
    home,
    log: () => log,
    workbench(folder, payload = {}) {
      const query = new URLSearchParams({ ...(token ? { tkn: token } : {}), folder });
      if (Object.keys(payload).length > 0) query.set('payload', JSON.stringify(Object.entries(payload)));
      return `${address}?${query}`;
    },
    ended,
    async stop() {
      end(server);
      await Promise.race([ended, pause(5000, undefined, { ref: false })]);
      // The whole group: an extension host may outlive the server.
      end(server, 'SIGKILL');
      process.off('exit', remove);
      remove();
    },
  };
}

/** Tests see none of the user's own files. */
function privateHome(/** @type {string} */ home) {
  return {
    HOME: home,
    XDG_CONFIG_HOME: path.join(home, 'config'),
    XDG_DATA_HOME: path.join(home, 'share'),
    XDG_CACHE_HOME: path.join(home, 'cache'),
  };
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {net.AddressInfo} */ (probe.address());
      probe.close(() => resolve(port));
    });
  });
}

async function answers(
  /** @type {string} */ address,
  /** @type {import('node:child_process').ChildProcess} */ server,
  /** @type {() => string} */ log,
) {
  const patience = Date.now() + 90_000;
  while ((await status(address + 'version')) !== 200) {
    if (server.exitCode !== null) throw new Plain(`The embedded VS Code ended at once:\n${log()}`);
    if (Date.now() > patience) throw new Plain(`The embedded VS Code did not start within 90 seconds:\n${log()}`);
    await pause(100);
  }
}

/** @returns {Promise<number | undefined>} */
function status(/** @type {string} */ address) {
  return new Promise((resolve) => {
    const request = http.get(address, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.setTimeout(3000, () => request.destroy());
    request.once('error', () => resolve(undefined));
    request.once('close', () => resolve(undefined));
  });
}
