/**
 * The viewer alone in a page, with recorded answers: the workshop, and exported HTML files. The page holds
 * the recordings as JSON in a script element.
 */
import { render } from 'preact';
import { signal } from '@preact/signals';
import { App } from './App';
import type { Host } from './host';
import type { Recording } from '../src/export/recording';
import type { ToViewer } from '../src/protocol';
import { type Open, Session } from './state/session';
import { followTheme } from './theme';
import { applicableViews } from './views/index';
import './styles/index';
import './styles/standalone.css';

const THEMES = ['vscode-light', 'vscode-dark', 'vscode-high-contrast', 'vscode-high-contrast-light'] as const;

const recordings = JSON.parse(document.getElementById('wengert-recordings')?.textContent ?? '[]') as Recording[];
const wanted = new URLSearchParams(location.search);

interface StandaloneHost extends Host {
  show(recording: Recording): void;
  /** Plays the part of the editor. */
  receive(message: ToViewer): void;
}

function standaloneHost(): StandaloneHost {
  let handler: (message: ToViewer) => void = () => undefined;
  let shown: Recording | undefined;
  return {
    alone: true,
    // Nobody is there to evaluate: what the page cannot replay by itself stays as it was recorded.
    post: (message) => {
      const event = new CustomEvent('wengert', { detail: message, cancelable: true });
      const answered = !window.dispatchEvent(event);
      if (answered) return;
      if (message.type === 'rows') handler({ type: 'rows', reply: message.reply, rows: [] });
      else if (message.type === 'network')
        handler({ type: 'network', reply: message.reply, network: shown?.network ?? null });
      else if (message.type === 'training') {
        const answer = shown?.training
          ? ({ state: 'data', training: shown.training } as const)
          : ({ state: 'none' } as const);
        handler({ type: 'training', reply: message.reply, answer });
      } else if (message.type === 'matrix') {
        const known = shown?.matrices?.find(({ row, kind }) => row === message.row && kind === message.kind);
        const none = { state: 'none', reason: 'this page does not hold the matrix' } as const;
        handler({ type: 'matrix', reply: message.reply, matrix: known?.matrix ?? none });
      } else if (message.type === 'copy') void copyText(message.text);
    },
    listen: (next) => (handler = next),
    receive: (message) => handler(message),
    load: () => ({ documents: {} }),
    save: () => undefined,
    show: (recording) => {
      const { uri, file, answer, checks } = recording;
      shown = recording;
      handler({ type: 'show', uri, file, answer, pinned: true });
      if (checks) handler({ type: 'checks', uri, checks: [...checks] });
    },
  };
}

/** A page from a file may not be allowed to use the clipboard: then by a selection. */
async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
}

const theme = signal(
  wanted.get('theme') ?? (matchMedia('(prefers-color-scheme: light)').matches ? 'vscode-light' : 'vscode-dark'),
);
theme.subscribe((name) => {
  document.body.classList.remove(...THEMES);
  document.body.classList.add(name);
});

const host = standaloneHost();
const session = new Session(host);
const root = document.createElement('div');
root.className = 'standalone';
document.body.append(root);

function Standalone() {
  return (
    <>
      {recordings.length > 1 && wanted.get('bar') !== 'no' && <Bar />}
      <App session={session} />
    </>
  );
}

/** Chooses among recordings and themes: only where there is more than one recording. */
function Bar() {
  return (
    <nav class="workshop small">
      <select aria-label="Recording" onChange={(event) => show(event.currentTarget.value)}>
        {recordings.map(({ name }) => (
          <option key={name} selected={name === wanted.get('show')}>
            {name}
          </option>
        ))}
      </select>
      <select aria-label="Theme" value={theme.value} onChange={(event) => (theme.value = event.currentTarget.value)}>
        {THEMES.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </nav>
  );
}

function show(name: string | null): void {
  const recording = recordings.find((r) => r.name === name) ?? recordings[0];
  if (recording) host.show(recording);
}

followTheme();
render(<Standalone />, root);
show(wanted.get('show'));

/** What tests and the workshop's console may reach. */
export interface StandaloneHandle {
  readonly show: (recording: Recording) => void;
  readonly receive: (message: ToViewer) => void;
  readonly session: Session;
  /** Identifiers of the views that apply to what is shown. */
  readonly views: (open: Open) => readonly string[];
}

declare global {
  interface Window {
    wengert?: StandaloneHandle;
  }
}
window.wengert = {
  show: (recording) => host.show(recording),
  receive: (message) => host.receive(message),
  session,
  views: (open) => applicableViews(session, open).map(({ id }) => id),
};
