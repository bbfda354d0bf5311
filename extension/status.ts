/** The state of the server, in the language status of VS Code: braces in the status bar while one of our languages is open. */
import { Disposable, languages as vscodeLanguages, LanguageStatusSeverity } from 'vscode';
import type { Languages } from './languages';
import type { Server, ServerState } from './server';

const TEXTS: Readonly<Record<ServerState, string>> = {
  starting: 'Wengert is starting',
  running: 'Wengert is running',
  stopped: 'Wengert is stopped',
};

/** Requests shorter than this are not announced, in milliseconds. */
const BUSY_DELAY = 300;

export function showStatus(server: Server, languages: Languages): Disposable {
  const item = vscodeLanguages.createLanguageStatusItem('wengert.status', languages.selector);
  item.name = 'Wengert';
  let busyTimer: ReturnType<typeof setTimeout> | undefined;

  const show = (state: ServerState) => {
    const stopped = state === 'stopped';
    item.text = TEXTS[state];
    item.severity = stopped ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
    item.command = stopped
      ? { command: 'wengert.restartServer', title: 'Restart' }
      : { command: 'wengert.showLog', title: 'Show Log' };
    item.busy = state === 'starting';
  };
  show(server.state);

  return Disposable.from(
    item,
    server.onDidChangeState(show),
    server.onDidChangeBusy((busy) => {
      clearTimeout(busyTimer);
      if (!busy) item.busy = server.state === 'starting';
      else busyTimer = setTimeout(() => (item.busy = true), BUSY_DELAY);
    }),
    { dispose: () => clearTimeout(busyTimer) },
  );
}
