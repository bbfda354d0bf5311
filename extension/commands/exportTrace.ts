/** Wengert: Export Trace: what stands under the cursor, or in the viewer used last, as a file. */
import { commands, type Disposable, type ExtensionContext, window } from 'vscode';
import { NoAnswer, type Server } from '../server';
import { fromPosition } from '../convert';
import type { Languages } from '../languages';
import { withoutLinks } from '../plainText';
import { type FileFormat, saveTrace } from '../viewer/exporting';
import type { TracePanels } from '../viewer/tracePanels';
import { commandTarget } from './target';

const FORMATS: readonly { readonly label: string; readonly detail: string; readonly format: FileFormat }[] = [
  {
    label: 'Interactive page',
    detail: 'One HTML file with the viewer in it; opens anywhere, loads nothing',
    format: 'HTML',
  },
  { label: 'Markdown table', detail: 'Formulas and values of the three sweeps', format: 'Markdown' },
  { label: 'LaTeX table', detail: 'booktabs', format: 'LaTeX' },
  { label: 'TikZ picture', detail: 'The computational graph for LaTeX', format: 'TikZ' },
  { label: 'SVG drawing', detail: 'The computational graph', format: 'SVG' },
  { label: 'Graphviz', detail: 'The computational graph as DOT', format: 'DOT' },
  { label: 'CSV', detail: 'Every digit, one line a step', format: 'CSV' },
  { label: 'JSON', detail: 'Everything', format: 'JSON' },
];

export function registerExportTrace(
  context: ExtensionContext,
  server: Server,
  panels: TracePanels,
  languages: Languages,
): Disposable {
  return commands.registerCommand('wengert.exportTrace', async (where?: unknown, at?: unknown) => {
    const shown = where === undefined && !languages.activeEditor() ? panels.current : undefined;
    const target = shown ? undefined : await commandTarget(languages, where, at);
    const address =
      shown?.address ?? (target && { uri: target.uri.toString(), position: fromPosition(target.position) });
    if (!address) return;
    const chosen = await window.showQuickPick(FORMATS, { title: 'Export the trace as', matchOnDetail: true });
    if (!chosen) return;
    try {
      await saveTrace(context, server, address, shown?.title ?? 'trace', chosen.format);
    } catch (error) {
      if (error instanceof NoAnswer) return;
      const reason = error instanceof Error ? error.message : String(error);
      void window.showErrorMessage(withoutLinks(`Wengert: The trace was not exported. ${reason}.`));
    }
  });
}
