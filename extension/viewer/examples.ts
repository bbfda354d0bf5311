/** The examples that the viewer offers where there is nothing to show: copies, so that nothing can be spoilt. */
import { type Uri as UriType, Uri, ViewColumn, window, workspace } from 'vscode';
import type { FromViewer } from '../../src/protocol';

type ExampleName = Extract<FromViewer, { type: 'example' }>['name'];

const FILES: Readonly<Partial<Record<ExampleName, { file: string; language: string }>>> = {
  formula: { file: 'two-variables.md', language: 'markdown' },
  network: { file: 'two_layer_network.py', language: 'python' },
};

/** @throws with a sentence for the reader where there is no such example */
export async function openExample(extensionUri: UriType, name: ExampleName): Promise<void> {
  const example = FILES[name];
  if (!example) throw new Error(`There is no example of a ${name} yet`);
  const { file, language } = example;
  const bytes = await workspace.fs.readFile(Uri.joinPath(extensionUri, 'examples', file));
  const document = await workspace.openTextDocument({
    language,
    content: new TextDecoder().decode(bytes),
  });
  await window.showTextDocument(document, { viewColumn: ViewColumn.One });
}
