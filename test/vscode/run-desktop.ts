// Runs the suites in a desktop VS Code: the one on PATH, else one that @vscode/test-electron downloads.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { desktopExecutable } from '../../scripts/lib/desktop.mjs';
import { inRoot, root } from '../../scripts/lib/root.mjs';
import { follow } from '../support/follow';
import { copyOf } from '../support/workspace';
import { grepOf } from './options';

async function main(): Promise<number> {
  const workspace = copyOf('examples');
  const home = mkdtempSync(path.join(os.tmpdir(), 'wengert-desktop-'));
  const log = path.join(home, 'mocha.txt');
  const output = follow(log);
  const { WENGERT_RESULT = '', CI = '' } = process.env;
  const executable = desktopExecutable();
  try {
    return await runTests({
      ...(executable ? { vscodeExecutablePath: executable } : {}),
      extensionDevelopmentPath: root,
      extensionTestsPath: inRoot('dist', 'test', 'vscode'),
      extensionTestsEnv: { WENGERT_LOG: log, WENGERT_RESULT, CI, ...grepOf() },
      launchArgs: [
        workspace.folder,
        '--disable-extensions',
        '--disable-workspace-trust',
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--user-data-dir',
        path.join(home, 'data'),
      ],
    });
  } finally {
    output.stop();
    workspace.remove();
    rmSync(home, { recursive: true, force: true });
  }
}

main().then(
  (code) => process.exit(code),
  (error: Error) => {
    const advice =
      'install desktop VS Code, or let this machine reach its download; on Linux without a display, run under xvfb-run';
    console.error(`No desktop VS Code could run the suites (${error.message}): ${advice}.`);
    process.exit(1);
  },
);
