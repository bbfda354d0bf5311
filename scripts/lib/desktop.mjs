// The desktop VS Code, if this machine has one that can open a window.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { onPath } from './programs.mjs';

const windows = process.platform === 'win32';

/** The command `code`, unless it is missing or only the helper of a remote session. */
export function desktopCommand() {
  if (process.env['VSCODE_IPC_HOOK_CLI']) return undefined;
  const mac = '/Applications/Visual Studio Code.app/Contents/Resources/app/bin/code';
  return onPath(windows ? 'code.cmd' : 'code') ?? (existsSync(mac) ? mac : undefined);
}

/** Whether a window can be opened here. */
export function hasDisplay() {
  return process.platform !== 'linux' || !!(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
}

/** The program behind the command `code`, for @vscode/test-electron; undefined lets it download one. */
export function desktopExecutable() {
  const asked = process.env['VSCODE_EXECUTABLE'];
  if (asked) return asked;
  const candidates = [
    '/Applications/Visual Studio Code.app/Contents/MacOS/Electron',
    '/usr/share/code/code',
    '/opt/visual-studio-code/code',
    path.join(process.env['LOCALAPPDATA'] ?? '', 'Programs', 'Microsoft VS Code', 'Code.exe'),
  ];
  return candidates.find(existsSync);
}
