/** Reports of checks as read-only documents beside the code. */
import { type Disposable, EventEmitter, languages, Uri, type ViewColumn, window, workspace } from 'vscode';
import type { CheckView } from '../../src/protocol';
import { checkReport } from './checkText';

const SCHEME = 'wengert-check';

export class CheckReports implements Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changed = new EventEmitter<Uri>();
  readonly #registration = workspace.registerTextDocumentContentProvider(SCHEME, {
    onDidChange: this.#changed.event,
    provideTextDocumentContent: (uri) => this.#texts.get(uri.toString()) ?? '',
  });

  /** @param column where there is room for it */
  async show(checks: readonly CheckView[], column: ViewColumn): Promise<void> {
    const files = [...new Set(checks.map(({ uri }) => uri))];
    const names = new Map(files.map((uri) => [uri, workspace.asRelativePath(Uri.parse(uri))]));
    const [only = '', ...others] = names.values();
    const what = others.length > 0 ? 'the workspace' : only;
    const uri = Uri.from({
      scheme: SCHEME,
      path: `/Gradient check of ${what.split('/').at(-1)}`,
      query: others.length > 0 ? '' : (files[0] ?? ''),
    });
    this.#texts.set(uri.toString(), checkReport(what, checks, others.length > 0 ? names : undefined));
    this.#changed.fire(uri);
    const document = await workspace.openTextDocument(uri);
    await languages.setTextDocumentLanguage(document, 'markdown');
    await window.showTextDocument(document, { viewColumn: column, preview: true });
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}
