import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { inRoot } from '../../scripts/lib/root.mjs';

/** Where a picture (or another record) of a test run goes: a folder that is not committed. */
export function screenshotFile(name: string, extension = 'png'): string {
  const folder = inRoot('test-output');
  mkdirSync(folder, { recursive: true });
  return path.join(folder, `${name}.${extension}`);
}
