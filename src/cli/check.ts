import { checkTitle, formatCount, VERDICT_MARKS, VERDICT_WORDS } from '../format';
import { VERDICTS, type Verdict } from '../model';
import type { CheckJson, CheckOutput } from '../protocol';
import { assignments, parse, UsageError } from './arguments';
import type { Command } from './commands';
import { COMMON, forEachFile, openFile, print, printJson } from './common';
import { columnPlace } from '../format';
import { findFiles, shownPath } from './files';
import { sarif } from './sarif';
import { ownCommand, supervised, wantsSupervision } from './supervise';

const OPTIONS = {
  ...COMMON,
  set: {
    type: 'string',
    multiple: true,
    value: 'NAME=JSON',
    help: 'a value of the point; may be repeated',
  },
  sarif: { type: 'boolean', help: 'print SARIF 2.1.0' },
  full: { type: 'boolean', help: 'take differences by every element, however many there are' },
  'fail-on': {
    type: 'string',
    value: 'unknown',
    help: 'what besides fail and error ends with exit code 1',
  },
} as const;

export const check: Command = {
  summary: 'Checks gradients and claims; exit code 1 where one fails.',
  usage: 'PATHS… [--set NAME=JSON]… [--full] [--json | --sarif] [--fail-on unknown]',
  options: OPTIONS,
  async run(args) {
    const parsed = parse(args, OPTIONS);
    if (parsed.positionals.length === 0) throw new UsageError('check wants at least one file or folder');
    const failOn = parsed.string('fail-on');
    if (failOn !== undefined && failOn !== 'unknown') throw new UsageError(`--fail-on takes unknown, not ${failOn}`);
    if (wantsSupervision()) return supervised(ownCommand(), (text) => process.stderr.write(text));
    const language = parsed.string('language');
    const full = parsed.flag('full');
    const set = assignments(parsed.strings('set'));
    const checks: CheckJson[] = [];
    const files = findFiles(parsed.positionals, language);
    const isDone = await forEachFile(files, async (file, i) => {
      const shown = `${i + 1}/${files.length} ${file}`;
      progress(shown);
      const { service, document } = await openFile(file, parsed.string('root'), language);
      for (const { uri: _, ...rest } of await service.check(document.uri, { set, full }, (done, all) => {
        if (full) progress(`${shown}: ${formatCount(BigInt(done))} of ${formatCount(BigInt(all))} directions`);
        return true;
      })) {
        checks.push({ file: shownPath(file), ...rest });
      }
    });
    progress('');
    const summary = Object.fromEntries(VERDICTS.map((v) => [v, checks.filter((c) => c.verdict === v).length]));
    if (parsed.flag('json')) printJson({ checks, summary } satisfies CheckOutput);
    else if (parsed.flag('sarif')) printJson(sarif(checks));
    else {
      for (const c of checks) print(line(c));
      print(VERDICTS.map((v) => `${summary[v]} ${VERDICT_WORDS[v]}`).join(', '));
    }
    const bad: readonly Verdict[] = failOn === 'unknown' ? ['fail', 'error', 'unknown'] : ['fail', 'error'];
    if (!isDone) return 2;
    return checks.some((c) => bad.includes(c.verdict)) ? 1 : 0;
  },
};

const COLOURS: Readonly<Record<Verdict, string>> = {
  pass: '32',
  fail: '31',
  kink: '33',
  error: '31',
  unknown: '90',
};

function line(c: CheckJson): string {
  const mark = `${VERDICT_MARKS[c.verdict]} ${VERDICT_WORDS[c.verdict]}`;
  const coloured = process.stdout.isTTY ? `\u001b[${COLOURS[c.verdict]}m${mark}\u001b[0m` : mark;
  return `${columnPlace(c.file, c.range)}  ${coloured}  ${checkTitle(c)}: ${c.message}`;
}

/** What is being checked, on a terminal only. */
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}
