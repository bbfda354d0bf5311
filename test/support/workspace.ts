import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from '../../scripts/lib/root.mjs';

/** A folder that a test may write in. */
export interface Workspace {
  readonly folder: string;
  remove(): void;
}

/** Copies a folder of the checkout, so that no test edits the original. */
export function copyOf(folder = 'examples'): Workspace {
  const home = mkdtempSync(path.join(os.tmpdir(), 'wengert-workspace-'));
  const copy = path.join(home, path.basename(folder));
  const original = path.resolve(root, folder);
  if (existsSync(original)) cpSync(original, copy, { recursive: true });
  else mkdirSync(copy);
  return { folder: copy, remove: () => rmSync(home, { recursive: true, force: true }) };
}
