/** The examples that the viewer offers where there is nothing to show: copies, so that nothing can be spoilt. */
import { Range, type Uri as UriType, Uri, ViewColumn, window, workspace } from 'vscode';
import type { FromViewer } from '../../src/protocol';

type ExampleName = Extract<FromViewer, { type: 'example' }>['name'];

interface Example {
  readonly file: string;
  readonly language: string;
  /** Text where the cursor is put. */
  readonly at: string;
}

const FILES: Readonly<Record<ExampleName, Example>> = {
  formula: { file: 'two-variables.md', language: 'markdown', at: 'x_1 x_2' },
  network: { file: 'two_layer_network.py', language: 'python', at: 'loss =' },
  'wrong gradient': { file: 'wrong_gradient.py', language: 'python', at: 'def loss_gradient' },
};

export async function openExample(extensionUri: UriType, name: ExampleName): Promise<void> {
  const { file, language, at } = FILES[name];
  const bytes = await workspace.fs.readFile(Uri.joinPath(extensionUri, 'examples', file));
  const document = await workspace.openTextDocument({
    language,
    content: new TextDecoder().decode(bytes),
  });
  const place = document.positionAt(Math.max(0, document.getText().indexOf(at)));
  await window.showTextDocument(document, { viewColumn: ViewColumn.One, selection: new Range(place, place) });
}
