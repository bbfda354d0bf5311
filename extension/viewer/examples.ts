/** The examples that the viewer offers where there is nothing to show: copies, so that nothing can be spoilt. */
import { type Uri as UriType, Uri, ViewColumn, window, workspace } from 'vscode';
import type { FromViewer } from '../../src/protocol';

type ExampleName = Extract<FromViewer, { type: 'example' }>['name'];

const FILES: Readonly<Record<ExampleName, { file: string; language: string }>> = {
  formula: { file: 'two-variables.md', language: 'markdown' },
  network: { file: 'two_variables.py', language: 'python' },
  'wrong gradient': { file: 'two_variables.py', language: 'python' },
};

export async function openExample(extensionUri: UriType, name: ExampleName): Promise<void> {
  const { file, language } = FILES[name];
  const bytes = await workspace.fs.readFile(Uri.joinPath(extensionUri, 'examples', file));
  const document = await workspace.openTextDocument({
    language,
    content: new TextDecoder().decode(bytes),
  });
  await window.showTextDocument(document, { viewColumn: ViewColumn.One });
}
