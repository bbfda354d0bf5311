/**
 * The context key `wengert.traceable`: the paths of the open files that hold something to trace. Menus, keys and the button in
 * the title show themselves there alone. Paths, because the window and a remote extension host call a file by other schemes.
 */
import { commands, Disposable, type TextDocument, Uri, window, workspace } from 'vscode';
import { listRequest } from '../src/protocol';
import type { Languages } from './languages';
import { NoAnswer, type Server } from './server';

const KEY = 'wengert.traceable';

/** Pause in the typing before a file is looked at again, in milliseconds. */
const DELAY = 300;

export function followTraceableFiles(server: Server, languages: Languages): Disposable {
  const traceable = new Set<string>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();

  const set = (uri: string, isTraceable: boolean) => {
    if (traceable.has(uri) === isTraceable) return;
    if (isTraceable) traceable.add(uri);
    else traceable.delete(uri);
    const paths = [...traceable].map((each) => Uri.parse(each)).flatMap(({ path, fsPath }) => [path, fsPath]);
    void commands.executeCommand('setContext', KEY, [...new Set(paths)]);
  };
  const look = async (uri: string) => {
    timers.delete(uri);
    try {
      const found = await server.request(listRequest, { uri });
      set(uri, found.length > 0);
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
    }
  };
  const soon = (uri: string, delay = DELAY) => {
    clearTimeout(timers.get(uri));
    timers.set(
      uri,
      setTimeout(() => void look(uri), delay),
    );
  };
  const isVisible = (uri: string) => window.visibleTextEditors.some(({ document }) => document.uri.toString() === uri);
  const lookAtVisible = () => {
    for (const { document } of window.visibleTextEditors)
      if (languages.includes(document) && !traceable.has(document.uri.toString())) soon(document.uri.toString(), 0);
  };
  const forget = ({ uri }: TextDocument) => {
    clearTimeout(timers.get(uri.toString()));
    timers.delete(uri.toString());
    set(uri.toString(), false);
  };
  lookAtVisible();
  return Disposable.from(
    window.onDidChangeVisibleTextEditors(lookAtVisible),
    workspace.onDidCloseTextDocument(forget),
    server.onDidChange(({ uri }) => isVisible(uri) && soon(uri)),
    { dispose: () => timers.forEach(clearTimeout) },
  );
}
