/** Which editors Wengert speaks in. The manifest's activation events are the statement. */
import { type ExtensionContext, type TextDocument, type TextEditor, window } from 'vscode';

export interface Languages {
  readonly ids: readonly string[];
  readonly selector: readonly { scheme: string; language: string }[];
  includes(document: TextDocument): boolean;
  /** The active editor, if it is one of ours. */
  activeEditor(): TextEditor | undefined;
}

/** Files, unsaved ones, files of repositories opened without a clone, cells of notebooks. Not the left side of a comparison. */
const SCHEMES = ['file', 'untitled', 'vscode-vfs', 'vscode-notebook-cell'];

export function supportedLanguages({ extension }: ExtensionContext): Languages {
  const { activationEvents = [] } = extension.packageJSON as { activationEvents?: string[] };
  const ids = activationEvents.flatMap((event) => /^onLanguage:(.+)$/.exec(event)?.[1] ?? []);
  const includes = ({ languageId, uri }: TextDocument) => ids.includes(languageId) && SCHEMES.includes(uri.scheme);
  return {
    ids,
    selector: ids.flatMap((language) => SCHEMES.map((scheme) => ({ scheme, language }))),
    includes,
    activeEditor() {
      const editor = window.activeTextEditor;
      return editor && includes(editor.document) ? editor : undefined;
    },
  };
}
