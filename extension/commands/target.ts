/** The place that a command is about: given by a link, a menu, or where the cursor stands. */
import { Position, Uri, window, workspace } from 'vscode';
import * as v from 'valibot';
import { Position as PositionSchema } from '../../src/protocol';
import { toPosition } from '../convert';
import type { Languages } from '../languages';
import { offer } from './offer';

export interface Target {
  readonly uri: Uri;
  readonly position: Position;
}

/**
 * @param where what a menu (a `Uri`) or a link (its text) passes; anything else means the active editor
 * @returns `undefined` after telling the reader that there is nothing to act on
 */
export async function commandTarget(languages: Languages, where: unknown, at: unknown): Promise<Target | undefined> {
  const given = where instanceof Uri ? where : typeof where === 'string' ? Uri.parse(where, true) : undefined;
  const active = languages.activeEditor();
  const uri = given ?? active?.document.uri;
  const document =
    uri &&
    (await workspace.openTextDocument(uri).then(
      (opened) => opened,
      () => undefined,
    ));
  if (!uri || !document || !languages.includes(document)) {
    void offer('Open a Python, Markdown or LaTeX file first.', 'Open Example', 'wengert.openExample');
    return undefined;
  }
  const position = v.safeParse(PositionSchema, at);
  if (position.success) return { uri, position: toPosition(position.output) };
  const editor = [active, ...window.visibleTextEditors].find((each) => each?.document === document);
  return { uri, position: editor?.selection.active ?? new Position(0, 0) };
}
