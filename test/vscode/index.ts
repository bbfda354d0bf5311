/// <reference types="webpack/module" />
// Runs the suites in suite/ inside VS Code's extension host. VS Code calls `run`.
import { appendFileSync, writeFileSync } from 'node:fs';
import Mocha from 'mocha';

/** Loads every suite and resolves when all tests have passed. */
export async function run(): Promise<void> {
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: 30_000,
    reporter: FileReporter as unknown as Mocha.ReporterConstructor,
    ...(process.env['CI'] ? { forbidOnly: true, forbidPending: true } : {}),
    ...(process.env['WENGERT_GREP'] ? { grep: process.env['WENGERT_GREP'] } : {}),
  });
  const suites = import.meta.webpackContext('./suite', { regExp: /\.test\.ts$/ });
  for (const file of suites.keys()) {
    mocha.suite.emit(Mocha.Suite.constants.EVENT_FILE_PRE_REQUIRE, globalThis, file, mocha);
    suites(file);
  }
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} failed`);
}

/**
 * Writes a line a test to $WENGERT_LOG, where the runner outside can follow it, and the counts to
 * $WENGERT_RESULT: nothing that an extension host prints reaches a terminal.
 */
class FileReporter {
  constructor(runner: Mocha.Runner) {
    const log = process.env['WENGERT_LOG'];
    const print = (line: string) => (log ? appendFileSync(log, line + '\n') : console.log(line));
    const failed: { title: string; error: string }[] = [];
    let [passed, pending, depth] = [0, 0, 0];
    const indent = () => '  '.repeat(depth);

    runner.on('suite', (suite) => {
      if (!suite.root) print(indent() + suite.title);
      depth++;
    });
    runner.on('suite end', () => void depth--);
    runner.on('pass', (test) => {
      passed++;
      print(`${indent()}✔ ${test.title} (${test.duration} ms)`);
    });
    runner.on('pending', (test) => {
      pending++;
      print(`${indent()}- ${test.title}`);
    });
    runner.on('fail', (test, error: Error) => {
      failed.push({ title: test.fullTitle(), error: error.stack ?? String(error) });
      print(`${indent()}${failed.length}) ${test.title}`);
    });
    runner.once('end', () => {
      print(`\n  ${passed} passing, ${failed.length} failing, ${pending} pending\n`);
      failed.forEach(({ title, error }, at) => print(`  ${at + 1}) ${title}\n${error}\n`));
      const file = process.env['WENGERT_RESULT'];
      if (file) writeFileSync(file, JSON.stringify({ passed, failed: failed.length, pending }));
    });
  }
}
