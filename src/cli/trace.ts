import { assignments, json, names, parse, position, UsageError } from './arguments';
import type { Command } from './commands';
import { COMMON, openFile, print, printJson } from './common';
import { shownPath } from './files';
import { FORMATS, isFormat } from './formats';

const OPTIONS = {
  ...COMMON,
  name: { type: 'string', value: 'NAME', help: 'the traceable of this name or identifier' },
  at: { type: 'string', value: 'LINE[:COL]', help: 'the traceable at this place, counted from 1' },
  set: {
    type: 'string',
    multiple: true,
    value: 'NAME=JSON',
    help: 'a value of the point; may be repeated',
  },
  of: { type: 'string', value: 'NAME', help: 'differentiate this' },
  wrt: { type: 'string', value: 'A,B', help: 'differentiate by these' },
  tangent: {
    type: 'string',
    value: 'NAME',
    help: 'the input whose tangent is shown (default: the first)',
  },
  upstream: {
    type: 'string',
    value: 'JSON',
    help: 'weight of an output that is an array (default: ones)',
  },
  moment: {
    type: 'string',
    value: 'I[,J…]',
    help: 'which turn of each enclosing call and loop, from 0',
  },
  format: { type: 'string', value: 'FORMAT', help: Object.keys(FORMATS).join(', ') },
} as const;

export const trace: Command = {
  summary: 'Prints traces: values, tangents and adjoints, step by step.',
  usage: 'FILE [--name NAME | --at LINE[:COL]] [--set NAME=JSON]… [--json | --format FORMAT]',
  options: OPTIONS,
  async run(args) {
    const parsed = parse(args, OPTIONS);
    const [file, ...more] = parsed.positionals;
    if (file === undefined || more.length > 0) throw new UsageError('trace wants one file');
    const format = parsed.string('format') ?? 'text';
    if (!isFormat(format))
      throw new UsageError(`unknown format "${format}": there are ${Object.keys(FORMATS).join(', ')}`);
    const name = parsed.string('name');
    const at = parsed.string('at');
    if (name !== undefined && at !== undefined) throw new UsageError('--name and --at exclude each other');
    const wrt = parsed.string('wrt');
    const of = parsed.string('of');
    const tangent = parsed.string('tangent');
    const upstream = parsed.string('upstream');
    const moment = parsed.string('moment');

    const { service, document } = await openFile(file, parsed.string('root'), parsed.string('language'));
    const traceables = await service.exportTraces({
      uri: document.uri,
      ...(name === undefined ? {} : { traceable: name }),
      ...(at === undefined ? {} : { position: position(at) }),
      ...(parsed.strings('set').length === 0 ? {} : { set: assignments(parsed.strings('set')) }),
      ...(of === undefined ? {} : { of }),
      ...(wrt === undefined ? {} : { wrt: names(wrt) }),
      ...(tangent === undefined ? {} : { tangent }),
      ...(upstream === undefined ? {} : { upstream: json(upstream, '--upstream') }),
      ...(moment === undefined ? {} : { moment: turns(moment) }),
    });
    if (name !== undefined && traceables.length === 0) {
      const known = (await service.list(document.uri)).map((t) => t.name);
      throw new UsageError(
        `${file}: nothing to trace is named ${name}${known.length ? `; there is ${known.join(', ')}` : ''}`,
      );
    }
    const result = { file: shownPath(file), traceables };
    if (parsed.flag('json')) printJson(result);
    else print(FORMATS[format](result));
    return 0;
  },
};

function turns(text: string): number[] {
  const moment = text.split(',').map((part) => Number(part.trim()));
  if (moment.some((turn) => !Number.isInteger(turn) || turn < 0)) {
    throw new UsageError(`--moment wants turns counted from 0, separated by commas, not ${text}`);
  }
  return moment;
}
