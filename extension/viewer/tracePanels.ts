/** All viewers: opens them, restores them after a reload, and lets the unpinned one follow the cursor. */
import {
  type Disposable,
  type ExtensionContext,
  type LogOutputChannel,
  type TextEditor,
  type TextEditorSelectionChangeEvent,
  TextEditorSelectionChangeKind,
  Uri,
  ViewColumn,
  type Position,
  type Range,
  type WebviewPanel,
  type WebviewView,
  window,
} from 'vscode';
import * as v from 'valibot';
import { type CheckView, TraceAddress } from '../../src/protocol';
import { fromPosition } from '../convert';
import type { Languages } from '../languages';
import type { Server } from '../server';
import { setting } from '../settings';
import { SourceMarks } from './source';
import { panelSurface, type Surface, viewSurface } from './surface';
import { type Look, type PanelState, TracePanel } from './tracePanel';

const VIEW_TYPE = 'wengert.trace';
/** The view in the side bar; the manifest declares it. */
const VIEW_ID = 'wengert.traceView';

/** Pause of the cursor before the viewer follows it, in milliseconds. */
const FOLLOW_DELAY = 50;
/** Pause between two answers while somebody types, in milliseconds. */
const REFRESH_DELAY = 30;

const STATE_KEY = 'wengert.panels';
const SavedPanels = v.array(v.object({ address: TraceAddress, pinned: v.boolean() }));
/** What the page keeps of itself; only the document matters here. */
const PageState = v.object({ uri: v.string() });

export class TracePanels implements Disposable {
  readonly #context: ExtensionContext;
  readonly #server: Server;
  readonly #languages: Languages;
  readonly #log: LogOutputChannel;
  readonly #marks = new SourceMarks();
  /** The one used last comes last. */
  readonly #panels: TracePanel[] = [];
  #view: TracePanel | undefined;
  readonly #listening: Disposable[];
  readonly #refreshes = new Map<string, ReturnType<typeof setTimeout>>();
  #following: ReturnType<typeof setTimeout> | undefined;
  /** Panels of before a reload that have not come back yet. */
  #saved: PanelState[];

  constructor(context: ExtensionContext, server: Server, languages: Languages, log: LogOutputChannel) {
    this.#context = context;
    this.#server = server;
    this.#languages = languages;
    this.#log = log;
    const saved = v.safeParse(SavedPanels, context.workspaceState.get(STATE_KEY));
    this.#saved = saved.success ? saved.output : [];
    this.#listening = [
      this.#marks,
      server.onDidChange(({ uri }) => this.#refreshSoon(uri)),
      window.onDidChangeTextEditorSelection((event) => this.#selectionChanged(event)),
      window.onDidChangeActiveTextEditor((editor) => editor && this.#followSoon(editor, undefined)),
      window.registerWebviewPanelSerializer(VIEW_TYPE, {
        deserializeWebviewPanel: async (panel, state: unknown) => this.#restore(panel, state),
      }),
      window.registerWebviewViewProvider(VIEW_ID, { resolveWebviewView: (view) => this.#showView(view) }),
    ];
  }

  /** Shows the trace at a place, in the panel that follows the cursor or in a new one. */
  async open(uri: Uri, position: Position): Promise<void> {
    await this.#open({ uri: uri.toString(), position: fromPosition(position) });
  }

  /** Shows a trace by its address, with a place of the source in view. */
  async openAt(address: TraceAddress, place: { uri: Uri; range: Range }, look?: Look): Promise<void> {
    await this.#marks.reveal(place.uri, place.range, false);
    await this.#open(address, look);
    this.#marks.mark([{ uri: place.uri.toString(), range: place.range }]);
  }

  async #open(address: TraceAddress, look?: Look): Promise<void> {
    const unpinned = this.#follower();
    unpinned?.reveal();
    const panel =
      unpinned ??
      this.#add(
        window.createWebviewPanel(VIEW_TYPE, 'Trace', {
          viewColumn: ViewColumn.Beside,
          preserveFocus: true,
        }),
        { address, pinned: false },
      );
    await panel.open(address, look);
  }

  /** The viewer in the side bar: shows what the cursor stands in, now and from now on. */
  #showView(view: WebviewView): void {
    const editor =
      this.#languages.activeEditor() ?? window.visibleTextEditors.find((e) => this.#languages.includes(e.document));
    const address: TraceAddress = editor
      ? { uri: editor.document.uri.toString(), position: fromPosition(editor.selection.active) }
      : { uri: '' };
    const viewer = this.#create(viewSurface(view), { address, pinned: false });
    this.#view = viewer;
    viewer.onDidDispose(() => (this.#view = undefined));
    // Hidden, it follows nothing; shown again, it catches up.
    view.onDidChangeVisibility(() => {
      const active = this.#languages.activeEditor();
      if (view.visible && active) this.#followSoon(active, TextEditorSelectionChangeKind.Mouse);
    });
  }

  /** The viewer used last, for commands that need one. */
  get current(): TracePanel | undefined {
    return this.#panels.filter((panel) => panel.visible).at(-1) ?? this.#panels.at(-1) ?? this.#view;
  }

  /** Panels and the view in the side bar, as far as it is seen. */
  #viewers(): readonly TracePanel[] {
    return this.#view?.visible ? [...this.#panels, this.#view] : this.#panels;
  }

  /** The unpinned panel that was used last. */
  #follower(): TracePanel | undefined {
    return this.#panels.filter((panel) => !panel.pinned).at(-1);
  }

  get isEmpty(): boolean {
    return this.#panels.length === 0;
  }

  /** @param version of the document when the checks were asked for */
  showChecks(uri: string, checks: readonly CheckView[], version: number | undefined): void {
    for (const viewer of this.#viewers()) if (viewer.uri === uri) viewer.showChecks(uri, checks, version);
  }

  dispose(): void {
    clearTimeout(this.#following);
    for (const timer of this.#refreshes.values()) clearTimeout(timer);
    for (const each of this.#listening) each.dispose();
  }

  #add(webview: WebviewPanel, state: PanelState): TracePanel {
    webview.iconPath = Uri.joinPath(this.#context.extensionUri, 'media', 'icon.png');
    const panel = this.#create(panelSurface(webview), state);
    this.#panels.push(panel);
    panel.onDidDispose(() => {
      this.#panels.splice(this.#panels.indexOf(panel), 1);
      this.#save();
    });
    return panel;
  }

  #create(surface: Surface, state: PanelState): TracePanel {
    return new TracePanel(surface, state, {
      context: this.#context,
      server: this.#server,
      marks: this.#marks,
      log: this.#log,
      stateChanged: () => this.#save(),
    });
  }

  #restore(webview: WebviewPanel, state: unknown): void {
    const page = v.safeParse(PageState, state);
    const uri = page.success ? page.output.uri : undefined;
    const index = this.#saved.findIndex(({ address }) => address.uri === uri);
    const [saved] = index < 0 ? [] : this.#saved.splice(index, 1);
    if (saved) this.#add(webview, saved);
    else if (uri !== undefined) this.#add(webview, { address: { uri }, pinned: false });
    else webview.dispose();
  }

  #save(): void {
    const panels = [...this.#saved, ...this.#panels.map(({ state }) => state)];
    void this.#context.workspaceState.update(STATE_KEY, panels);
  }

  #refreshSoon(uri: string): void {
    clearTimeout(this.#refreshes.get(uri));
    const refresh = () => {
      this.#refreshes.delete(uri);
      for (const viewer of this.#viewers()) if (viewer.uri === uri) void viewer.refresh();
    };
    this.#refreshes.set(uri, setTimeout(refresh, REFRESH_DELAY));
  }

  #selectionChanged(event: TextEditorSelectionChangeEvent): void {
    if (!this.#marks.isOwn(event)) this.#followSoon(event.textEditor, event.kind);
  }

  #followSoon(editor: TextEditor, kind: TextEditorSelectionChangeKind | undefined): void {
    if (!this.#languages.includes(editor.document)) return;
    const when = setting('wengert.trace.followCursor', editor.document);
    if (when === 'never' || (when === 'click' && kind !== TextEditorSelectionChangeKind.Mouse)) return;
    clearTimeout(this.#following);
    this.#following = setTimeout(() => {
      const uri = editor.document.uri.toString();
      const { start, end, active, isEmpty } = editor.selection;
      // A selected piece means its step; a cursor means what it stands in.
      const place = isEmpty ? { from: fromPosition(active) } : { from: fromPosition(start), to: fromPosition(end) };
      const follower = this.#follower();
      for (const viewer of this.#viewers()) {
        if (viewer === follower || viewer === this.#view || viewer.uri === uri)
          void viewer.follow(uri, place.from, place.to);
      }
    }, FOLLOW_DELAY);
  }
}
