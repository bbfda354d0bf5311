// Mocha's spec reporter, which also writes the counts to the file that $WENGERT_RESULT names.
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

export default class Reporter extends Mocha.reporters.Spec {
  /**
   * @param {Mocha.Runner} runner
   * @param {Mocha.MochaOptions} options
   */
  constructor(runner, options) {
    super(runner, options);
    const file = process.env['WENGERT_RESULT'];
    if (file) runner.once('end', () => writeFileSync(file, JSON.stringify(counts(runner.stats))));
  }
}

/** The counts in the form that scripts/lib/parts.mjs sums. */
function counts(/** @type {Mocha.Stats | undefined} */ stats) {
  return {
    passed: stats?.passes ?? 0,
    failed: stats?.failures ?? 0,
    pending: stats?.pending ?? 0,
  };
}
