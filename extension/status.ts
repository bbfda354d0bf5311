/** The state of the server, in the language status of VS Code: braces in the status bar while one of our languages is open. */
import { Disposable, languages as vscodeLanguages, LanguageStatusSeverity, window } from 'vscode';
import { claimSummary } from '../src/format';
import { claimCountsRequest } from '../src/protocol';
import type { Languages } from './languages';
import type { Server, ServerState } from './server';

const TEXTS: Readonly<Record<ServerState, string>> = {
  starting: 'Wengert is starting',
  running: 'Wengert is running',
  stopped: 'Wengert is stopped',
};

/** Requests shorter than this are not announced, in milliseconds. */
const BUSY_DELAY = 300;

/** Pause after a change before the equations are counted anew, in milliseconds. */
const COUNT_DELAY = 500;

export function showStatus(server: Server, languages: Languages): Disposable {
  const counting = countEquations(server, languages, (text) => (item.detail = text ?? ''));
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
    counting,
  );
}

/** Says what is known of the equations of the document in front, whenever that may have changed. */
function countEquations(server: Server, languages: Languages, say: (text: string | undefined) => void): Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;
  const count = async () => {
    const turn = ++asked;
    const document = languages.activeEditor()?.document;
    if (!document || server.state !== 'running') return say(undefined);
    const counts = await server.request(claimCountsRequest, { uri: document.uri.toString() }).catch(() => undefined);
    if (turn === asked) say(counts && claimSummary(counts));
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void count(), COUNT_DELAY);
  };
  soon();
  return Disposable.from(
    server.onDidChange(({ uri }) => {
      if (window.activeTextEditor?.document.uri.toString() === uri) soon();
    }),
    server.onDidChangeState(soon),
    window.onDidChangeActiveTextEditor(soon),
    { dispose: () => clearTimeout(timer) },
  );
}
