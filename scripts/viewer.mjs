// npm run viewer: serves the stand-alone viewer, which shows recorded data without VS Code.
import { ensureBuilt } from './lib/build.mjs';
import { main, Plain, requireNode } from './lib/console.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { run } from './lib/processes.mjs';
import { inRoot, root } from './lib/root.mjs';

await main(async () => {
  requireNode();
  await ensurePackages();
  if (!(await ensureBuilt())) throw new Plain('The viewer is not served, because the build failed.');
  // In a process of its own, because the recordings are TypeScript.
  const program = inRoot('test', 'browser', 'support', 'serve.ts');
  return run(process.execPath, ['--import', 'tsx', program], { cwd: root });
});
