/** What the page shows, and everything that changes it. One instance a page. */
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type {
  CheckView,
  Family,
  FromViewer,
  MATRIX_KINDS,
  MatrixView,
  SAVED_FORMATS,
  StepView,
  TensorView,
  ToViewer,
  TraceAddress,
  TraceAnswer,
  TraceView,
  ValueView,
} from '../../src/protocol';
import { sameNamePath, parseNamePath } from '../../src/format/namePath';
import type { Host, Kept, SavedState } from '../host';
import { foldedAtFirst, foldedInGraph, type Group, groupsOf } from '../../src/export/graph/groups';
import type { OpenMenu } from '../parts/Menu';
import { Replay, type Sweeps } from './replay';
import { RowStore } from './rowStore';
import { asNumber, recorded } from './values';

export interface Shown {
  readonly uri: string;
  readonly file: string;
  readonly answer: TraceAnswer;
}

/** A trace with what belongs to it as long as it is shown. */
export interface Open {
  readonly trace: TraceView;
  readonly rows: RowStore;
  readonly replay: Replay | undefined;
  readonly groups: readonly Group[];
  readonly foldedAtFirst: ReadonlySet<string>;
  readonly foldedInGraph: ReadonlySet<string>;
}

/** The n-th largest path from an input. */
export interface ChosenPath {
  readonly input: number;
  readonly index: number;
}

const KEPT_DOCUMENTS = 30;
/** Milliseconds that a sentence stays. */
const SAID_FOR = 2500;

export class Session {
  readonly shown = signal<Shown | undefined>(undefined);
  readonly open = signal<Open | undefined>(undefined);
  readonly pinned = signal(false);
  readonly paused = signal(false);
  /** Edits that a paused page has let pass. */
  readonly behind = signal(0);
  readonly history = signal<{ readonly back: boolean; readonly forward: boolean }>({ back: false, forward: false });
  readonly menu = signal<OpenMenu | undefined>(undefined);
  /** One sentence on what the page has just done, for a moment. */
  readonly said = signal<string | undefined>(undefined);
  readonly loading = signal<string | undefined>(undefined);
  readonly problem = signal<string | undefined>(undefined);
  readonly checks = signal<readonly CheckView[]>([]);
  /** Edits of the document since the checks were made. */
  readonly checksBehind = signal(0);
  readonly tab = signal('trace');
  /** The layer that is looked at in a network; of the trace that it was chosen in. */
  readonly layer = signal<{ readonly traceable: string; readonly index: number } | undefined>(undefined);
  /** Counts new answers about the same thing: a number that differs from the answer before is tinted. */
  readonly edition = signal(0);

  /** Tape row of the selected step, and of the one under the cursor in the source. */
  readonly selected = signal<number | undefined>(undefined);
  readonly cursor = signal<number | undefined>(undefined);
  /** Folds that the reader has set, by group key. */
  readonly folds = signal<Readonly<Record<string, boolean>>>({});
  /** The same in the graph, which has room for less than the table. */
  readonly graphFolds = signal<Readonly<Record<string, boolean>>>({});
  /** Name of the input whose tangent is shown. */
  readonly tangent = signal<string | undefined>(undefined);

  /** Inputs that the reader has moved, by tape row, and the sweeps there. */
  readonly moved = signal<ReadonlyMap<number, number>>(new Map());
  private readonly sweeps = signal<Sweeps | undefined>(undefined);
  /** A slider is being dragged. */
  readonly dragging = signal<number | undefined>(undefined);
  /** Where the moved point leaves the recorded steps: they are evaluated anew. */
  readonly elsewhere = signal(false);

  /** A path from an input to the output that the reader follows. */
  readonly path = signal<ChosenPath | undefined>(undefined);

  /** Where scrolling stands in the trace table; kept with the document. */
  readonly scroll = signal(0);

  readonly trace: ReadonlySignal<TraceView | undefined> = computed(() => this.open.value?.trace);

  private saved: SavedState;
  private questions = 0;
  private readonly waiting = new Map<number, (message: ToViewer) => void>();
  private wanted: TraceAddress | undefined;
  private asking = false;

  private silence: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly host: Host) {
    this.saved = host.load();
    host.listen((message) => this.receive(message));
    host.post({ type: 'ready' });
    effect(() => this.keep());
  }

  // Messages

  /** No editor is there: the page shows what was recorded. */
  get alone(): boolean {
    return this.host.alone;
  }

  send(message: FromViewer): void {
    this.host.post(message);
  }

  /** Holds this trace, or follows the cursor again. */
  pin(pinned: boolean): void {
    this.pinned.value = pinned;
    this.host.post({ type: 'pin', pinned });
  }

  /** Leaves everything as it is while the document changes. */
  pause(paused: boolean): void {
    this.paused.value = paused;
    this.behind.value = 0;
    this.host.post({ type: 'pause', paused });
  }

  /** Tells the reader that something was done; it goes away by itself. */
  say(text: string): void {
    this.said.value = text;
    clearTimeout(this.silence);
    this.silence = setTimeout(() => (this.said.value = undefined), SAID_FOR);
  }

  /** @param text or what will give it; why it does not is told to the reader */
  copy(text: string | Promise<string>, what: string): void {
    void this.withText(text, (ready) => {
      this.host.post({ type: 'copy', text: ready });
      this.say(`Copied ${what}`);
    });
  }

  /** Writes a text into a file that the reader chooses. */
  save(text: string | Promise<string>, format: (typeof SAVED_FORMATS)[number]): void {
    void this.withText(text, (ready) => this.host.post({ type: 'save', format, text: ready }));
  }

  private async withText(text: string | Promise<string>, use: (text: string) => void): Promise<void> {
    // A text that is there is used at once: within the click that asked for it.
    if (typeof text === 'string') return use(text);
    try {
      use(await text);
    } catch (error) {
      this.problem.value = error instanceof Error ? error.message : String(error);
    }
  }

  private receive(message: ToViewer): void {
    switch (message.type) {
      case 'show':
        batch(() => {
          this.paused.value = message.paused ?? false;
          this.behind.value = 0;
          this.history.value = message.history ?? { back: false, forward: false };
          this.show({ uri: message.uri, file: message.file, answer: message.answer }, message.pinned);
        });
        return;
      case 'behind':
        this.behind.value = message.edits;
        return;
      case 'loading':
        this.loading.value = message.what ?? '';
        return;
      case 'cursor':
        batch(() => {
          this.cursor.value = message.row ?? undefined;
          if (message.select === true && message.row !== null) this.selected.value = message.row;
        });
        return;
      case 'look':
        batch(() => {
          this.tab.value = message.view;
          const traceable = this.trace.peek()?.id;
          if (message.layer !== undefined && traceable !== undefined)
            this.layer.value = { traceable, index: message.layer };
        });
        return;
      case 'checks':
        if (message.uri !== this.shown.peek()?.uri) return;
        batch(() => {
          this.checks.value = message.checks;
          this.checksBehind.value = message.edits ?? 0;
        });
        return;
      case 'problem':
        batch(() => {
          this.problem.value = message.message;
          this.loading.value = undefined;
        });
        return;
      case 'opened':
      case 'network':
      case 'training':
      case 'matrix':
      case 'array':
      case 'rows': {
        const answer = this.waiting.get(message.reply);
        this.waiting.delete(message.reply);
        answer?.(message);
        return;
      }
    }
  }

  /** Asks a question that has an answer of its own. */
  ask(make: (reply: number) => FromViewer): Promise<ToViewer> {
    const reply = ++this.questions;
    return new Promise((resolve) => {
      this.waiting.set(reply, resolve);
      this.host.post(make(reply));
    });
  }

  private async fetchRows(lease: string, from: number, count: number): Promise<readonly StepView[] | null> {
    const message = await this.ask((reply) => ({ type: 'rows', reply, lease, from, count }));
    if (message.type !== 'rows') return null;
    // The server has dropped the lease: the same address gives a new one.
    if (message.rows === null && this.trace.peek()?.lease === lease) this.reopen({});
    return message.rows;
  }

  /** Derivatives over the elements of an input; `undefined` where nobody can answer. */
  async matrix(row: number, kind: (typeof MATRIX_KINDS)[number]): Promise<MatrixView | undefined> {
    const lease = this.trace.peek()?.lease;
    if (lease === undefined) return undefined;
    const message = await this.ask((reply) => ({ type: 'matrix', reply, lease, row, kind }));
    if (message.type !== 'matrix') return undefined;
    if (message.matrix === null && this.trace.peek()?.lease === lease) this.reopen({});
    return message.matrix ?? undefined;
  }

  /** An array with all of its elements; `undefined` where nobody can give it. */
  async array(row: number, family: Family): Promise<TensorView | undefined> {
    const lease = this.trace.peek()?.lease;
    if (lease === undefined || this.alone) return undefined;
    const message = await this.ask((reply) => ({ type: 'array', reply, lease, row, family }));
    return message.type === 'array' ? (message.array ?? undefined) : undefined;
  }

  /** Checks that fail of the text as it is now: after an edit nobody knows. */
  readonly failing = computed<readonly CheckView[]>(() =>
    this.checksBehind.value > 0
      ? []
      : this.checks.value.filter(({ verdict }) => verdict === 'fail' || verdict === 'error'),
  );

  // What is shown

  show(shown: Shown, pinned: boolean): void {
    batch(() => {
      const before = this.shown.peek();
      const elsewhere = before?.uri !== shown.uri;
      const kept = this.saved.documents[shown.uri];
      this.loading.value = undefined;
      this.problem.value = undefined;
      this.pinned.value = pinned;
      if (elsewhere) {
        this.checks.value = [];
        this.checksBehind.value = 0;
        this.folds.value = kept?.folds ?? {};
        this.graphFolds.value = {};
        this.tab.value = kept?.tab ?? this.tab.peek();
        this.scroll.value = kept?.scroll ?? 0;
      }
      const selectedKey = elsewhere ? kept?.selected : this.selectedKey();
      const previous = this.open.peek()?.trace;
      this.shown.value = shown;
      this.stopMoving();
      if (shown.answer.state !== 'data') {
        this.open.value = undefined;
        this.selected.value = undefined;
        return;
      }
      const { trace } = shown.answer;
      const sameThing = previous !== undefined && !elsewhere && previous.id === trace.id;
      const groups = groupsOf(trace.scopes);
      this.open.value = {
        trace,
        rows: new RowStore(trace, (from, count) => this.fetchRows(trace.lease, from, count)),
        replay: Replay.of(trace),
        groups,
        foldedAtFirst: foldedAtFirst(groups, trace.steps),
        foldedInGraph: foldedInGraph(groups, trace.steps),
      };
      if (!sameThing) {
        this.tangent.value = trace.tangent ?? kept?.tangent ?? trace.inputs[0]?.name;
        if (!elsewhere) this.scroll.value = 0;
      } else if (!trace.inputs.some((input) => input.name === this.tangent.peek())) {
        this.tangent.value = trace.tangent ?? trace.inputs[0]?.name;
      }
      if (!sameThing) this.path.value = undefined;
      const again = trace.rows.find((step) => step.key === selectedKey)?.row;
      // Beyond the first page keys are not known yet: in a trace of the same length the row is the same.
      const far = sameThing && previous.steps === trace.steps ? this.selected.peek() : undefined;
      this.selected.value = again ?? far;
      if (sameThing) this.edition.value++;
      if (this.tangent.peek() !== trace.tangent) this.chooseTangent(this.tangent.peek());
    });
  }

  private selectedKey(): string | undefined {
    const row = this.selected.peek();
    return row === undefined ? undefined : this.open.peek()?.rows.ofRow(row)?.key;
  }

  /** Opens what is shown again with other choices. Only the latest wish is asked for. */
  reopen(change: { readonly [K in keyof TraceAddress]?: TraceAddress[K] | undefined }): void {
    const trace = this.trace.peek();
    if (!trace || this.alone) return;
    const wanted = { ...(this.wanted ?? trace.address), ...change };
    // What is set to undefined is no longer asked for.
    this.wanted = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined)) as TraceAddress;
    if (this.asking) return;
    void this.askForWanted();
  }

  private async askForWanted(): Promise<void> {
    this.asking = true;
    while (this.wanted) {
      const address = this.wanted;
      const before = this.shown.peek();
      const message = await this.ask((reply) => ({ type: 'open', reply, address }));
      if (this.wanted === address) this.wanted = undefined;
      if (message.type === 'opened' && message.history) this.history.value = message.history;
      // Something else is shown by now.
      if (message.type !== 'opened' || !before || this.shown.peek() !== before) continue;
      // Ended for a newer question: that one's answer is on its way.
      if (message.answer.state === 'unknown' && message.answer.unknown.code === 'ended') continue;
      // A choice that leads nowhere leaves what is shown, with the reason.
      if (message.answer.state !== 'data') {
        const reason =
          message.answer.state === 'unknown' ? message.answer.unknown.reason : 'There is nothing to trace any more';
        batch(() => {
          this.stopMoving();
          this.problem.value = reason;
        });
        continue;
      }
      const moving = this.dragging.peek();
      const moved = this.moved.peek();
      this.show({ ...before, answer: message.answer }, this.pinned.peek());
      if (moving !== undefined || this.wanted) this.move(moved);
    }
    this.asking = false;
  }

  // Selection

  /** Selects a step; its source is marked in the editor, and revealed on demand. */
  select(row: number | undefined, reveal: 'mark' | 'show' | 'focus' = 'mark'): void {
    this.selected.value = row;
    const { shown, open } = this;
    const uri = shown.peek()?.uri;
    if (uri === undefined) return;
    const ranges = row === undefined ? [] : (open.peek()?.rows.ofRow(row)?.ranges ?? []);
    this.send({ type: 'highlight', uri, ranges });
    const [first] = ranges;
    if (first && reveal !== 'mark') this.send({ type: 'reveal', uri, range: first, focus: reveal === 'focus' });
  }

  isFolded(group: Group): boolean {
    return this.folds.value[group.key] ?? this.open.value?.foldedAtFirst.has(group.key) ?? false;
  }

  fold(group: Group, folded: boolean): void {
    this.folds.value = { ...this.folds.peek(), [group.key]: folded };
  }

  isFoldedInGraph(group: Group): boolean {
    return this.graphFolds.value[group.key] ?? this.open.value?.foldedInGraph.has(group.key) ?? false;
  }

  foldInGraph(group: Group, folded: boolean): void {
    this.graphFolds.value = { ...this.graphFolds.peek(), [group.key]: folded };
  }

  // Values

  /** The value of a step as it is now: replayed while the reader moves an input, recorded otherwise. */
  value(step: StepView, family: Family): ValueView | null {
    const sweeps = this.sweeps.value;
    const was = recorded(step, family);
    if (!sweeps || typeof was === 'object') return was;
    return json(this.swept(sweeps, step.row, family));
  }

  /** The same by tape row, for rows whose step has not arrived. `undefined` without a replay. */
  number(row: number, family: Family): number | undefined {
    const sweeps = this.sweeps.value ?? this.atRest.value;
    return sweeps && this.swept(sweeps, row, family);
  }

  private swept(sweeps: Sweeps, row: number, family: Family): number {
    if (family === 'primal') return sweeps.value(row);
    return (family === 'tangent' ? sweeps.tangent : sweeps.adjoint)[row] ?? NaN;
  }

  /** The sweeps at the recorded point, made when first asked for. */
  private readonly atRest = computed(() => {
    const open = this.open.value;
    return open?.replay?.sweeps(this.tangentRow(open.trace));
  });

  /** What one user sends back to an operand, as it is now. */
  contribution(step: StepView, index: number): ValueView | null {
    const part = step.contributions[index];
    if (!part) return null;
    const sweeps = this.sweeps.value;
    if (!sweeps || typeof part.value === 'object') return part.value;
    const user = this.open.value?.rows.ofRow(part.from);
    if (!user) return null;
    // Which use of the step by this user: the first, second … among the contributions from there.
    const turn = step.contributions.slice(0, index).filter((other) => other.from === part.from).length;
    const slot = nth(
      user.operands.map((operand) => operand.row === step.row),
      turn,
    );
    const partial = sweeps.partials(user.row)[slot as 0 | 1] ?? NaN;
    const bar = sweeps.adjoint[user.row] ?? NaN;
    return json(bar === 0 || partial === 0 ? 0 : bar * partial);
  }

  /** Local partial of a step by an operand, as it is now. */
  partial(step: StepView, slot: number): number | undefined {
    const sweeps = this.sweeps.value;
    if (sweeps && slot < 2) return sweeps.partials(step.row)[slot as 0 | 1];
    return asNumber(step.operands[slot]?.partial?.value);
  }

  /** Whether what is shown was replayed in the page: the numbers inside recorded formulas then do not hold. */
  readonly isReplayed = computed(() => this.sweeps.value !== undefined);

  /** Whether numbers differ from the recorded answer because the reader moves an input. */
  readonly isMoved = computed(() => this.moved.value.size > 0);

  readonly output = computed<ValueView | null>(() => {
    const open = this.open.value;
    if (!open) return null;
    const sweeps = this.sweeps.value;
    return sweeps && typeof open.trace.output.value !== 'object'
      ? json(sweeps.value(open.trace.output.row))
      : open.trace.output.value;
  });

  inputValue(input: TraceView['inputs'][number]): ValueView {
    const x = this.moved.value.get(input.row);
    return x === undefined ? input.value : json(x);
  }

  gradient(input: TraceView['inputs'][number]): ValueView | null {
    const sweeps = this.sweeps.value;
    if (!sweeps || input.gradient === null || typeof input.gradient === 'object') return input.gradient;
    return json(sweeps.adjoint[input.row] ?? NaN);
  }

  /** The point as it is now, by tape row of the scalar inputs. */
  readonly point = computed<ReadonlyMap<number, number>>(() => {
    const point = new Map<number, number>();
    for (const input of this.open.value?.replay?.inputs ?? []) {
      point.set(input.row, this.moved.value.get(input.row) ?? (asNumber(input.value) as number));
    }
    return point;
  });

  /** Moves inputs, replaying in the page where that is possible. */
  move(changes: ReadonlyMap<number, number>): void {
    const open = this.open.peek();
    if (!open) return;
    const moved = new Map([...this.moved.peek(), ...changes]);
    batch(() => {
      this.moved.value = moved;
      const { replay } = open;
      if (replay?.immediate) {
        const point = new Map([...this.point.peek(), ...moved]);
        const sameWay = replay.move(point);
        this.elsewhere.value = !sameWay;
        if (sameWay) {
          this.sweeps.value = replay.sweeps(this.tangentRow(open.trace));
          return;
        }
        this.sweeps.value = undefined;
      }
      this.settle();
    });
  }

  /** Asks the server for the trace at the moved point: its formulas, notes and steps are then exact. */
  settle(): void {
    const trace = this.trace.peek();
    const moved = this.moved.peek();
    if (!trace || moved.size === 0) return;
    const set: Record<string, unknown> = { ...trace.address.set };
    for (const input of trace.inputs) {
      const x = moved.get(input.row);
      if (x !== undefined) set[input.name] = json(x);
    }
    this.reopen({ set });
  }

  /** Gives an input back the value that the answer had. */
  putBack(row: number): void {
    const open = this.open.peek();
    const input = open?.trace.inputs.find((i) => i.row === row);
    const x = asNumber(input?.value);
    if (!open || !input || x === undefined) return;
    if (input.origin.kind === 'pinned' && !this.alone) {
      const { [input.name]: _given, ...set } = open.trace.address.set ?? {};
      this.reopen({ set: Object.keys(set).length > 0 ? set : undefined });
      return;
    }
    this.move(new Map([[row, x]]));
    const rest = new Map(this.moved.peek());
    rest.delete(row);
    this.moved.value = rest;
  }

  private stopMoving(): void {
    this.moved.value = new Map();
    this.sweeps.value = undefined;
    this.elsewhere.value = false;
  }

  chooseTangent(name: string | undefined): void {
    const open = this.open.peek();
    if (name === undefined || !open) return;
    this.tangent.value = name;
    const { replay } = open;
    if (replay?.immediate) {
      replay.move(this.point.peek());
      this.sweeps.value = replay.sweeps(this.tangentRow(open.trace));
    } else {
      this.reopen({ tangent: name });
    }
  }

  private tangentRow(trace: TraceView): number {
    const wanted = this.tangent.value;
    const path = wanted === undefined ? undefined : parseNamePath(wanted);
    const found = trace.inputs.find((input) => {
      const other = parseNamePath(input.name);
      return input.name === wanted || (path !== undefined && other !== undefined && sameNamePath(path, other));
    });
    return (found ?? trace.inputs[0])?.row ?? 0;
  }

  // Persistence

  private keep(): void {
    const uri = this.shown.value?.uri;
    const selected = this.selected.value === undefined ? undefined : this.selectedKey();
    const kept: Kept = {
      tab: this.tab.value,
      ...(this.tangent.value === undefined ? {} : { tangent: this.tangent.value }),
      folds: this.folds.value,
      ...(selected === undefined ? {} : { selected }),
      scroll: this.scroll.value,
    };
    if (uri === undefined) return;
    const { [uri]: _replaced, ...others } = this.saved.documents;
    const documents = Object.entries({ ...others, [uri]: kept }).slice(-KEPT_DOCUMENTS);
    this.saved = { uri, documents: Object.fromEntries(documents) };
    this.host.save(this.saved);
  }
}

function json(x: number): ValueView {
  return Number.isFinite(x) ? x : (String(x) as 'NaN');
}

function nth(flags: readonly boolean[], n: number): number {
  let seen = -1;
  return flags.findIndex((flag) => flag && ++seen === n);
}

export type { Signal };
