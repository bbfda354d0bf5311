/** Wengert: Open Trace. */
import { commands, type Disposable } from 'vscode';
import type { Languages } from '../languages';
import type { TracePanels } from '../viewer/tracePanels';
import { commandTarget } from './target';

export function registerOpenTrace(panels: TracePanels, languages: Languages): Disposable {
  return commands.registerCommand('wengert.openTrace', async (where?: unknown, at?: unknown) => {
    const target = await commandTarget(languages, where, at);
    if (target) await panels.open(target.uri, target.position);
  });
}
