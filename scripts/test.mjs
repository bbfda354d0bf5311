// npm test: installs what is missing and runs every part.
// `node scripts/test.mjs unit ui --grep hover` runs chosen parts; what follows the first switch goes to mocha (or ESLint).
import { duration, green, heading, main, red, requireNode, say } from './lib/console.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { needs, parts, runPart } from './lib/parts.mjs';

const everything = ['build', 'lint', 'types', 'unit', 'vscode', 'ui'];

await main(async () => {
  requireNode();
  const given = process.argv.slice(2);
  const firstSwitch = given.findIndex((word) => word.startsWith('-'));
  const names = firstSwitch < 0 ? given : given.slice(0, firstSwitch);
  const args = firstSwitch < 0 ? [] : given.slice(firstSwitch);
  const chosen = names.length > 0 ? names : everything;

  /** @type {{ title: string, counts: import('./lib/parts.mjs').Counts, ms: number }[]} */
  const results = [];
  /** @type {(title: string, work: () => Promise<import('./lib/parts.mjs').Counts>) => Promise<void>} */
  const record = async (title, work) => {
    heading(title);
    const started = Date.now();
    results.push({ title, counts: await work(), ms: Date.now() - started });
  };

  const packages = await ensurePackages().then(
    () => true,
    (error) => (say(red(error.message)), false),
  );
  if (!packages) results.push({ title: 'npm packages', counts: { passed: 0, failed: 1 }, ms: 0 });
  else {
    // Downloads run while the machine builds and checks; a failure is reported by the parts that need them.
    if (chosen.includes('vscode') || chosen.includes('ui'))
      for (const early of [needs.host, needs.chromium]) early().catch(() => {});
    for (const name of chosen) {
      const part = parts[name];
      if (part) await record(part.title, () => runPart(part, args));
      else
        await record(name, async () => ({
          passed: 0,
          failed: 1,
          note: `there is no such part; there are ${Object.keys(parts).join(', ')}`,
        }));
    }
  }

  heading('Summary');
  const width = Math.max(...results.map((result) => result.title.length));
  for (const { title, counts, ms } of results) say(line(title.padEnd(width), counts, ms));
  const passed = results.reduce((sum, { counts }) => sum + counts.passed, 0);
  const failed = results.reduce((sum, { counts }) => sum + counts.failed, 0);
  say(`${passed} passed, ${failed} failed`);
  return failed > 0 || results.length === 0 ? 1 : 0;
});

/** One part in the summary. */
function line(
  /** @type {string} */ title,
  /** @type {import('./lib/parts.mjs').Counts} */ { passed, failed, pending, note },
  /** @type {number} */ ms,
) {
  const mark = failed ? red('✗') : green('✓');
  const counts = passed + failed === 0 ? 'no problems' : `${passed} passed, ${failed} failed`;
  const extra = [pending ? `${pending} pending` : '', note ?? '']
    .filter(Boolean)
    .map((text) => `; ${text}`)
    .join('');
  return `${mark} ${title}  ${counts}${extra}  (${duration(ms)})`;
}
