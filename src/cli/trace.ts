import { assignments, json, names, parse, position, UsageError } from './arguments';
import type { TraceAddress } from '../protocol';
import type { Command } from './commands';
import { COMMON, openFile, print, printJson } from './common';
import { shownPath } from './files';
import { TEXT_FORMATS } from '../export/formats';
import { FORMATS, isPictureFormat, isTextFormat, PICTURE_FORMATS } from './formats';
import { isView, printView, VIEWS } from './views';
import { recordings } from './recordings';

const OPTIONS = {
  ...COMMON,
  name: { type: 'string', value: 'NAME', help: 'the traceable of this name or identifier' },
  at: {
    type: 'string',
    value: '[CELL:]LINE[:COL]',
    help: 'the traceable at this place, counted from 1; cells of a notebook from 0',
  },
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
  view: { type: 'string', value: 'VIEW', help: Object.keys(VIEWS).join(', ') },
  format: { type: 'string', value: 'FORMAT', help: FORMATS.join(', ') },
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
    const view = parsed.string('view') ?? 'trace';
    if (!isView(view)) throw new UsageError(`unknown view "${view}": there are ${Object.keys(VIEWS).join(', ')}`);
    if (view === 'trace' && !isTextFormat(format) && !isPictureFormat(format))
      throw new UsageError(`unknown format "${format}": there are ${FORMATS.join(', ')}`);
    const name = parsed.string('name');
    const at = parsed.string('at');
    if (name !== undefined && at !== undefined) throw new UsageError('--name and --at exclude each other');
    const wrt = parsed.string('wrt');
    const of = parsed.string('of');
    const tangent = parsed.string('tangent');
    const upstream = parsed.string('upstream');
    const moment = parsed.string('moment');

    const { service, document } = await openFile(file, parsed.string('root'), parsed.string('language'));
    const address: TraceAddress = {
      uri: document.uri,
      ...(name === undefined ? {} : { traceable: name }),
      ...(at === undefined ? {} : { position: position(at, document.languageId === 'notebook') }),
      ...(parsed.strings('set').length === 0 ? {} : { set: assignments(parsed.strings('set')) }),
      ...(of === undefined ? {} : { of }),
      ...(wrt === undefined ? {} : { wrt: names(wrt) }),
      ...(tangent === undefined ? {} : { tangent }),
      ...(upstream === undefined ? {} : { upstream: json(upstream, '--upstream') }),
      ...(moment === undefined ? {} : { moment: turns(moment) }),
    };
    const asJson = parsed.flag('json');
    if (view !== 'trace') {
      await printView(view, service, address, shownPath(file), asJson ? undefined : format);
      return 0;
    }
    const shown = !asJson && isPictureFormat(format) ? await recordings(service, address, shownPath(file)) : undefined;
    const traceables = shown ? [] : await service.exportTraces(address);
    if (name === undefined && at === undefined && (shown ?? traceables).length === 0 && !asJson)
      process.stderr.write(`wengert: ${shownPath(file)}: nothing in it is traced without being asked for\n`);
    if (name !== undefined && (shown ?? traceables).length === 0) {
      const known = (await service.list(document.uri)).map((t) => t.name);
      throw new UsageError(
        `${file}: nothing to trace is named ${name}${known.length ? `; there is ${known.join(', ')}` : ''}`,
      );
    }
    const result = { file: shownPath(file), traceables };
    if (asJson) printJson(result);
    else if (shown && isPictureFormat(format)) print(await PICTURE_FORMATS[format](shown, shownPath(file)));
    else if (isTextFormat(format)) print(TEXT_FORMATS[format](result));
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
