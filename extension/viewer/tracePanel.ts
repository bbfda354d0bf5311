/** One viewer beside the code: what it shows, what it follows, and its conversation with the page. */
import {
  CancellationTokenSource,
  type Disposable,
  env,
  type ExtensionContext,
  type LogOutputChannel,
  Uri,
  window,
  workspace,
  WorkspaceEdit,
} from 'vscode';
import * as v from 'valibot';
import {
  arrayRequest,
  type CheckView,
  checkRequest,
  closeTraceRequest,
  FromViewer,
  type JsonNumber,
  locateRequest,
  matrixRequest,
  networkRequest,
  openTraceRequest,
  type Position,
  rowsRequest,
  type ToViewer,
  type TraceAddress,
  type TraceAnswer,
  type TraceView,
  trainingRequest,
} from '../../src/protocol';
import { fromPosition, startOf, toPosition, toRange } from '../convert';
import { NoAnswer, type Server } from '../server';
import { openExample } from './examples';
import { saveText, saveTrace } from './exporting';
import { pageHtml, pageOptions } from './page';
import { documentOf, type SourceMarks, versionOf } from './source';
import type { Surface } from './surface';
import { writeValue } from './writeValue';

/** An answer that takes longer is announced, in milliseconds. */
const LOADING_DELAY = 150;

/** What was shown before is kept so far back. */
const REMEMBERED = 50;

export interface PanelState {
  readonly address: TraceAddress;
  readonly pinned: boolean;
}

/** A view of what is shown, and a layer in it. */
export interface Look {
  readonly view: string;
  readonly layer?: number;
}

export class TracePanel implements Disposable {
  readonly #surface: Surface;
  readonly #context: ExtensionContext;
  readonly #server: Server;
  readonly #marks: SourceMarks;
  readonly #log: LogOutputChannel;
  readonly #stateChanged: () => void;
  readonly #listening: Disposable[] = [];

  #address: TraceAddress;
  #pinned: boolean;
  /** What is shown stays as it is, whatever happens to the document. */
  #paused = false;
  /** What was shown, oldest first, and where in it the reader stands. */
  #visited: TraceAddress[] = [];
  #at = -1;
  #answer: TraceAnswer | undefined;
  /** The view that comes forward with the next answer. */
  #look: Look | undefined;
  #checks: { readonly uri: string; readonly checks: readonly CheckView[]; readonly version: number } | undefined;
  /** Version of the document when the page was paused. */
  #pausedAt = 0;
  /** The page has said that it listens. */
  #ready = false;
  /** The newest question about what to show; answers to older ones are dropped. */
  #question: CancellationTokenSource | undefined;
  #refreshing: Promise<void> | undefined;
  /** Counts moves of the cursor; answers about older ones are dropped. */
  #location = 0;

  constructor(
    surface: Surface,
    state: PanelState,
    parts: {
      context: ExtensionContext;
      server: Server;
      marks: SourceMarks;
      log: LogOutputChannel;
      stateChanged: () => void;
    },
  ) {
    this.#surface = surface;
    this.#context = parts.context;
    this.#server = parts.server;
    this.#marks = parts.marks;
    this.#log = parts.log;
    this.#stateChanged = parts.stateChanged;
    this.#address = state.address;
    this.#pinned = state.pinned;
    const { extensionUri } = parts.context;
    const { webview } = surface;
    webview.options = pageOptions(extensionUri);
    this.#listening.push(
      webview.onDidReceiveMessage((message: unknown) => this.#receive(message)),
      surface.onDidDispose(() => this.#closed()),
    );
    webview.html = pageHtml(webview, extensionUri);
  }

  get state(): PanelState {
    return { address: this.#address, pinned: this.#pinned };
  }

  get uri(): string {
    return this.#address.uri;
  }

  get pinned(): boolean {
    return this.#pinned;
  }

  get paused(): boolean {
    return this.#paused;
  }

  get visible(): boolean {
    return this.#surface.visible;
  }

  /** What is shown, for a file name. */
  get title(): string {
    return this.#trace()?.title ?? 'trace';
  }

  get address(): TraceAddress {
    return this.#address;
  }

  onDidDispose(listener: () => void): void {
    this.#listening.push(this.#surface.onDidDispose(listener));
  }

  reveal(): void {
    this.#surface.reveal();
  }

  /**
   * Shows what stands at an address; where nothing stands there, the nearest traceable of the document.
   * @param look the view that comes forward
   */
  async open(address: TraceAddress, look?: Look): Promise<void> {
    this.#paused = false;
    this.#look = look;
    const answer = await this.#ask(address);
    if (answer?.state !== 'nothing') return this.#showNew(address, answer);
    const nearest = nearestTo(address.position, answer.traceables);
    if (!nearest) return this.#showNew(address, answer);
    const found: TraceAddress = { uri: address.uri, traceable: nearest.id };
    return this.#showNew(found, await this.#ask(found));
  }

  /** The document has changed, or what the server knows of it: the same thing is shown anew. */
  refresh(): Promise<void> {
    if (this.#paused) return this.#countBehind();
    return (this.#refreshing = this.#refresh());
  }

  async #refresh(): Promise<void> {
    const address = this.#address;
    const answer = await this.#ask(address);
    if (!answer || address.traceable === undefined || !isGone(answer)) return this.#showNew(address, answer);
    // What was shown has gone, or has another name now: the cursor may stand in it.
    const position = this.#cursor();
    if (!position) return this.#showNew(address, answer);
    const here: TraceAddress = { uri: address.uri, position };
    const found = await this.#ask(here);
    if (found?.state === 'data' && !isGone(found) && toRange(found.trace.range).contains(toPosition(position))) {
      this.#drop(answer);
      return this.#showNew(here, found);
    }
    this.#drop(found);
    return this.#showNew(address, answer);
  }

  /** A paused page says how far the document has moved on. */
  async #countBehind(): Promise<void> {
    const version = versionOf(this.uri);
    if (version !== undefined) this.#post({ type: 'behind', edits: Math.max(0, version - this.#pausedAt) });
  }

  /** Where the cursor stands in the document that is shown, if an editor shows it too. */
  #cursor(): Position | undefined {
    const editors = [window.activeTextEditor, ...window.visibleTextEditors];
    const editor = editors.find((each) => each?.document.uri.toString() === this.uri);
    return editor && fromPosition(editor.selection.active);
  }

  /** The cursor has moved: its row is marked, or another trace shown where it stands in one. */
  async follow(uri: string, position: Position, end?: Position): Promise<void> {
    if (this.#paused) return;
    const location = ++this.#location;
    try {
      // Typing moves the cursor as well: its place is looked up in the newest trace.
      await this.#refreshing;
      const trace = this.#trace();
      const lease = trace && this.uri === uri ? trace.lease : undefined;
      const place = { position, ...(end ? { end } : {}) };
      const row = lease === undefined ? null : await this.#server.request(locateRequest, { lease, ...place });
      if (location !== this.#location) return;
      if (row !== null || this.#pinned)
        return this.#post({ type: 'cursor', row, ...(end && row !== null ? { select: true } : {}) });
      const address: TraceAddress = { uri, position };
      const answer = await this.#ask(address);
      if (location !== this.#location || !answer) return this.#drop(answer);
      // Between two formulas, in a comment: what is shown stays.
      const same = answer.state === 'data' && lease !== undefined && answer.trace.id === trace?.id;
      if (same || (answer.state === 'nothing' && this.#answer?.state === 'data')) {
        this.#drop(answer);
        return this.#post({ type: 'cursor', row: null });
      }
      this.#showNew(address, answer);
    } catch (error) {
      this.#complain(error);
    }
  }

  /** @param version of the document when the checks were asked for */
  showChecks(uri: string, checks: readonly CheckView[], version: number | undefined): void {
    this.#checks = { uri, checks, version: version ?? 0 };
    this.#postChecks();
  }

  /** The checks with the number of edits since: what they say of the text may not hold any more. */
  #postChecks(): void {
    if (!this.#checks) return;
    const { uri, checks, version } = this.#checks;
    const edits = Math.max(0, (versionOf(uri) ?? version) - version);
    this.#post({ type: 'checks', uri, checks: [...checks], ...(edits > 0 ? { edits } : {}) });
  }

  async #check(): Promise<void> {
    const { uri, set } = this.#address;
    const trace = this.#trace();
    const version = versionOf(uri);
    const checks = await this.#server.request(checkRequest, {
      uri,
      ...(trace ? { position: startOf(trace.range) } : {}),
      ...(set ? { set } : {}),
    });
    this.showChecks(uri, checks, version);
  }

  dispose(): void {
    this.#surface.dispose();
  }

  #trace(): TraceView | undefined {
    return this.#answer?.state === 'data' ? this.#answer.trace : undefined;
  }

  /** The answer to the newest question, `undefined` to an older one. */
  async #ask(address: TraceAddress): Promise<TraceAnswer | undefined> {
    this.#question?.cancel();
    const question = (this.#question = new CancellationTokenSource());
    const slow = setTimeout(() => this.#post({ type: 'loading' }), LOADING_DELAY);
    try {
      const answer = await this.#request(address, question);
      if (this.#question === question) return answer;
      this.#drop(answer);
    } catch (error) {
      if (this.#question === question) this.#complain(error);
    } finally {
      clearTimeout(slow);
    }
    return undefined;
  }

  async #request(address: TraceAddress, { token }: CancellationTokenSource): Promise<TraceAnswer> {
    // The side bar may be opened where no document is.
    if (address.uri === '') return { state: 'nothing', traceables: [] };
    // The server speaks of open documents; this one may have been closed, or never been shown since a reload.
    await workspace.openTextDocument(Uri.parse(address.uri, true)).then(undefined, () => undefined);
    return this.#server.request(openTraceRequest, address, token);
  }

  #showNew(address: TraceAddress, answer: TraceAnswer | undefined): void {
    if (!answer) return;
    const before = this.#trace();
    if (before && !(answer.state === 'data' && answer.trace.lease === before.lease)) this.#release(before.lease);
    if (this.#checks?.uri !== address.uri) this.#checks = undefined;
    this.#answer = answer;
    this.#address = answer.state === 'data' ? answer.trace.address : address;
    this.#remember();
    this.#stateChanged();
    this.#show();
    void this.#markCursor().catch((error: unknown) => this.#complain(error));
  }

  /** The same trace with other choices is one place in the history. */
  #remember(): void {
    if (this.#answer?.state !== 'data') return;
    const here = this.#visited[this.#at];
    const same =
      here?.uri === this.#address.uri && here.traceable === this.#address.traceable && here.of === this.#address.of;
    if (same) this.#visited[this.#at] = this.#address;
    else {
      this.#visited = [...this.#visited.slice(0, this.#at + 1), this.#address].slice(-REMEMBERED);
      this.#at = this.#visited.length - 1;
    }
  }

  get #history(): { back: boolean; forward: boolean } {
    return { back: this.#at > 0, forward: this.#at < this.#visited.length - 1 };
  }

  /** Shows what was shown before, or after that; what is gone by now is passed over. */
  async #go(by: number): Promise<void> {
    for (let at = this.#at + by; at >= 0 && at < this.#visited.length; at += by) {
      const address = this.#visited[at] as TraceAddress;
      const answer = await this.#ask(address);
      if (!answer) return;
      if (answer.state !== 'data') continue;
      this.#at = at;
      this.#paused = false;
      return this.#showNew(address, answer);
    }
  }

  /** The row that the cursor of the editor stands on, in a trace that is shown anew. */
  async #markCursor(): Promise<void> {
    const trace = this.#trace();
    const position = this.#cursor();
    if (!trace || !position) return;
    const location = ++this.#location;
    const row = await this.#server.request(locateRequest, { lease: trace.lease, position });
    if (location === this.#location) this.#post({ type: 'cursor', row });
  }

  #show(): void {
    const answer = this.#answer;
    if (!answer) return;
    const file = Uri.parse(this.uri).path.split('/').at(-1) ?? this.uri;
    this.#surface.title(answer.state === 'data' ? answer.trace.title : file);
    this.#post({
      type: 'show',
      uri: this.uri,
      file,
      answer,
      pinned: this.#pinned,
      paused: this.#paused,
      history: this.#history,
    });
    this.#postChecks();
    if (this.#look && this.#ready) {
      this.#post({ type: 'look', ...this.#look });
      this.#look = undefined;
    }
  }

  #post(message: ToViewer): void {
    if (this.#ready) void this.#surface.webview.postMessage(message);
  }

  /** A mistake goes to the log; the reader gets a sentence. */
  #complain(error: unknown): void {
    if (error instanceof NoAnswer) return;
    this.#log.error(error instanceof Error ? error : String(error));
    this.#post({
      type: 'problem',
      message: error instanceof Error ? error.message : String(error),
    });
  }

  #drop(answer: TraceAnswer | undefined): void {
    if (answer?.state === 'data') this.#release(answer.trace.lease);
  }

  #release(lease: string): void {
    this.#server.request(closeTraceRequest, { lease }).catch(() => undefined);
  }

  #receive(data: unknown): void {
    const message = v.safeParse(FromViewer, data);
    if (!message.success) {
      this.#log.warn(`The viewer sent what is not in the protocol: ${v.summarize(message.issues)}`);
      return;
    }
    this.#handle(message.output).catch((error: unknown) => {
      this.#complain(error);
      // Whoever asked is not left waiting; what was leased is opened again where the server had gone.
      const nothing = answerless(message.output, error instanceof NoAnswer);
      if (nothing) this.#post(nothing);
    });
  }

  async #handle(message: FromViewer): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.#ready = true;
        return this.#answer ? this.#show() : this.refresh();
      case 'open':
        return this.#openForPage(message.reply, message.address);
      case 'rows': {
        const { reply, lease, from, count } = message;
        const rows = await this.#server.request(rowsRequest, { lease, from, count });
        return this.#post({ type: 'rows', reply, rows });
      }
      case 'matrix': {
        const { reply, lease, row, kind } = message;
        const matrix = await this.#server.request(matrixRequest, { lease, row, kind });
        return this.#post({ type: 'matrix', reply, matrix });
      }
      case 'array': {
        const { reply, lease, row, family } = message;
        const array = await this.#server.request(arrayRequest, { lease, row, family });
        return this.#post({ type: 'array', reply, array });
      }
      case 'fix':
        return this.#fix(message);
      case 'network': {
        const { reply, lease } = message;
        const network = await this.#server.request(networkRequest, { lease });
        return this.#post({ type: 'network', reply, network });
      }
      case 'training': {
        const { reply, address } = message;
        const answer = await this.#server.request(trainingRequest, address);
        return this.#post({ type: 'training', reply, answer });
      }
      case 'reveal': {
        const range = toRange(message.range);
        const uri = documentOf(message.uri, message.range.cell);
        this.#marks.mark([{ uri, range }]);
        return this.#marks.reveal(Uri.parse(uri, true), range, message.focus);
      }
      case 'highlight':
        return this.#marks.mark(
          message.ranges.map((range) => ({ uri: documentOf(message.uri, range.cell), range: toRange(range) })),
        );
      case 'pin':
        this.#pinned = message.pinned;
        return this.#stateChanged();
      case 'pause':
        this.#paused = message.paused;
        this.#pausedAt = versionOf(this.uri) ?? 0;
        return message.paused ? undefined : this.refresh();
      case 'history':
        return this.#go(message.by);
      case 'save':
        return saveText(this.uri, this.title, message.format, message.text);
      case 'savePage':
        return saveTrace(this.#context, this.#server, this.#address, this.title, 'HTML');
      case 'copy':
        return env.clipboard.writeText(message.text);
      case 'check':
        return this.#check();
      case 'write':
        return this.#write(message.address, message.name, message.value);
      case 'cancel':
        this.#question?.cancel();
        return this.#show();
      case 'example':
        return openExample(this.#context.extensionUri, message.name);
      case 'follow': {
        const position = toPosition(message.position);
        await this.#marks.reveal(Uri.parse(message.uri, true), toRange({ start: position, end: position }), false);
        return this.open({ uri: message.uri, position: message.position });
      }
    }
  }

  /** The page has chosen other values, another output …: it shows the answer itself, and waits for one always. */
  async #openForPage(reply: number, address: TraceAddress): Promise<void> {
    this.#question?.cancel();
    const question = (this.#question = new CancellationTokenSource());
    const before = this.#trace();
    let answer: TraceAnswer;
    try {
      answer = await this.#request(address, question);
    } catch (error) {
      const range = before?.range ?? {
        start: { line: 0, character: 0 },
        end: { line: 0, character: 0 },
      };
      const reason = error instanceof NoAnswer ? 'This evaluation was ended for a newer one' : (error as Error).message;
      return this.#post({
        type: 'opened',
        reply,
        answer: { state: 'unknown', unknown: { code: 'ended', reason, range } },
      });
    }
    if (this.#question !== question) this.#drop(answer);
    else {
      if (before) this.#release(before.lease);
      this.#answer = answer;
      if (answer.state === 'data') this.#address = answer.trace.address;
      this.#remember();
      this.#stateChanged();
    }
    this.#post({ type: 'opened', reply, answer, history: this.#history });
  }

  /** From now on the document gives the value, and no longer the reader. */
  async #write(address: TraceAddress, name: string, value: JsonNumber): Promise<void> {
    const { set: { [name]: _given, ...others } = {}, ...rest } = address;
    const asWritten: TraceAddress = { ...rest, ...(Object.keys(others).length > 0 ? { set: others } : {}) };
    const answer = await this.#server.request(openTraceRequest, asWritten);
    this.#drop(answer);
    await this.#marks.edit(await writeValue(answer.state === 'data' ? answer.trace : undefined, name, value));
    this.#address = asWritten;
    await this.refresh();
  }

  /** What a check proposes, as one step that can be undone. */
  async #fix({ uri, edits }: Extract<FromViewer, { type: 'fix' }>): Promise<void> {
    // The places are those of the text that was checked.
    if (uri !== this.#checks?.uri || versionOf(uri) !== this.#checks.version)
      throw new Error('The document has changed since; check it again');
    const edit = new WorkspaceEdit();
    for (const { range, newText } of edits)
      edit.replace(Uri.parse(documentOf(uri, range.cell), true), toRange(range), newText);
    await this.#marks.edit(edit);
    await this.refresh();
    return this.#check();
  }

  #closed(): void {
    this.#question?.cancel();
    const trace = this.#trace();
    if (trace) this.#release(trace.lease);
    this.#marks.mark([]);
    for (const each of this.#listening) each.dispose();
  }
}

/** The answer to a question that could not be answered. */
function answerless(message: FromViewer, lost: boolean): ToViewer | undefined {
  switch (message.type) {
    case 'rows':
      return { type: 'rows', reply: message.reply, rows: lost ? null : [] };
    case 'matrix': {
      const none = { state: 'none', reason: 'the server gave no answer' } as const;
      return { type: 'matrix', reply: message.reply, matrix: lost ? null : none };
    }
    case 'array':
      return { type: 'array', reply: message.reply, array: null };
    case 'network':
      return { type: 'network', reply: message.reply, network: null };
    case 'training':
      return { type: 'training', reply: message.reply, answer: { state: 'none' } };
    default:
      return undefined;
  }
}

/** Not there any more, or only as it was some edits ago. */
function isGone(answer: TraceAnswer): boolean {
  return answer.state === 'nothing' || (answer.state === 'data' && answer.trace.editsBehind > 0);
}

type Listed = Extract<TraceAnswer, { state: 'nothing' }>['traceables'];

/** The first that begins at or below a position, else the last above it. */
function nearestTo(position: Position | undefined, traceables: Listed): Listed[number] | undefined {
  const line = position?.line ?? 0;
  return traceables.find(({ range }) => range.start.line >= line) ?? traceables.at(-1);
}
