import type { ListOutput } from '../protocol/output';
import { parse, UsageError } from './arguments';
import type { Command } from './commands';
import { COMMON, forEachFile, openFile, print, printJson } from './common';
import { columnPlace } from '../format';
import { findFiles, shownPath } from './files';

export const list: Command = {
  summary: 'Lists what can be differentiated.',
  usage: 'PATHS… [--json]',
  options: COMMON,
  async run(args) {
    const parsed = parse(args, COMMON);
    if (parsed.positionals.length === 0) throw new UsageError('list wants at least one file or folder');
    const language = parsed.string('language');
    const found: ListOutput = [];
    const isDone = await forEachFile(findFiles(parsed.positionals, language), async (file) => {
      const { service, document } = await openFile(file, parsed.string('root'), language);
      for (const traceable of await service.list(document.uri)) found.push({ file: shownPath(file), ...traceable });
    });
    if (parsed.flag('json')) printJson(found);
    else for (const { file, range, name, kind } of found) print(`${columnPlace(file, range)}  ${name}  (${kind})`);
    return isDone ? 0 : 2;
  },
};
