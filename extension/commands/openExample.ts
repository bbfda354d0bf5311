/** Wengert: Open Example. The walkthrough also has it traced or checked at once. */
import { commands, type Disposable, type ExtensionContext, window } from 'vscode';
import * as v from 'valibot';
import { EXAMPLES } from '../../src/protocol';
import { openExample } from '../viewer/examples';

const Name = v.picklist(EXAMPLES);
const Next = v.picklist(['trace', 'check']);

const LABELS: Readonly<Record<v.InferOutput<typeof Name>, { readonly label: string; readonly detail: string }>> = {
  formula: { label: 'Formula', detail: 'A function of two variables in Markdown' },
  network: { label: 'Network', detail: 'Two layers in NumPy' },
  'wrong gradient': { label: 'Wrong gradient', detail: 'A gradient written by hand, with a slip' },
};

const COMMANDS = { trace: 'wengert.openTrace', check: 'wengert.checkGradient' } as const;

export function registerOpenExample({ extensionUri }: ExtensionContext): Disposable {
  return commands.registerCommand('wengert.openExample', async (name?: unknown, next?: unknown) => {
    const given = v.safeParse(Name, name);
    const chosen = given.success
      ? given.output
      : (
          await window.showQuickPick(
            EXAMPLES.map((example) => ({ example, ...LABELS[example] })),
            { title: 'Open an example', matchOnDetail: true },
          )
        )?.example;
    if (!chosen) return;
    await openExample(extensionUri, chosen);
    const wanted = v.safeParse(Next, next);
    if (wanted.success) await commands.executeCommand(COMMANDS[wanted.output]);
  });
}
