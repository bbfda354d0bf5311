/** What the modules that are written in Python need from the evaluator. */
import { fn, library } from '../library';
import type { PyValue } from '../values/object';

export const commandLine = library('_wengert', {
  command_line: fn<[PyValue]>('command_line(name)', (rt, site, [name]) =>
    rt.unknown('command-line', `\`${String(name)}\` is given on the command line`, site),
  ),
});
