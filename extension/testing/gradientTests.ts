/**
 * The Test Explorer: hand-written derivatives and claims as tests, file → check → parameter. Checks of the tracer
 * against itself are no tests of what the reader wrote; commands run those.
 */
import {
  type CancellationToken,
  CancellationTokenSource,
  Disposable,
  ProgressLocation,
  type TestItem,
  TestRunProfileKind,
  TestRunRequest,
  tests,
  Uri,
  window,
  workspace,
} from 'vscode';
import { checkTitle } from '../../src/format';
import type { CheckItem, CheckView } from '../../src/protocol';
import { type Depth, directionsText, FAST, findCheckable, listChecks, runCheck } from '../checks/checkFiles';
import { toRange } from '../convert';
import { NoAnswer, type Server } from '../server';
import { report } from './testResults';

/** Pause in the typing before the tests of a document are looked for again, in milliseconds. */
const DELAY = 500;

export class GradientTests implements Disposable {
  readonly #server: Server;
  readonly #controller = tests.createTestController('wengert.gradientChecks', 'Gradient checks');
  readonly #checks = new WeakMap<TestItem, CheckItem>();
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #owned: Disposable;

  constructor(server: Server) {
    this.#server = server;
    const profile = (
      label: string,
      isDefault: boolean,
      run: (request: TestRunRequest, token: CancellationToken) => Promise<void>,
    ) => this.#controller.createRunProfile(label, TestRunProfileKind.Run, run, isDefault);
    const fast = profile('Check', true, (request, token) => this.#run(request, token));
    fast.supportsContinuousRun = true;
    const full = profile('Check in full', false, (request, token) => this.runInFull(request, token));
    this.#controller.resolveHandler = (item) => (item ? Promise.resolve() : this.#discover());
    this.#controller.refreshHandler = (token) => this.#discover(token);
    this.#owned = Disposable.from(
      this.#controller,
      fast,
      full,
      server.onDidChange(({ uri }) => this.#refreshSoon(Uri.parse(uri))),
      workspace.onDidDeleteFiles(({ files }) => files.forEach((uri) => this.#controller.items.delete(uri.toString()))),
    );
  }

  /** Shows what a command has found as results of the tests that it has run. */
  record(checks: readonly CheckView[], name: string): void {
    const results = checks.flatMap((view) => {
      const item = this.#controller.items.get(view.uri)?.children.get(idOf(view));
      return item ? [{ item, view }] : [];
    });
    if (results.length === 0) return;
    const request = new TestRunRequest(results.map(({ item }) => item));
    const run = this.#controller.createTestRun(request, name);
    for (const { item, view } of results) report(this.#controller, run, item, view);
    run.end();
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#owned.dispose();
  }

  async #discover(token?: CancellationToken): Promise<void> {
    const files = await findCheckable(token);
    const known = new Set(files.map(String));
    for (const [id, item] of this.#controller.items) {
      if (item.uri?.scheme === 'file' && !known.has(id)) this.#controller.items.delete(id);
    }
    for (const uri of files) {
      if (token?.isCancellationRequested) return;
      await this.#refresh(uri, token);
    }
  }

  #refreshSoon(uri: Uri): void {
    const key = uri.toString();
    clearTimeout(this.#timers.get(key));
    const refresh = () => {
      this.#timers.delete(key);
      void this.#refresh(uri);
    };
    this.#timers.set(key, setTimeout(refresh, DELAY));
  }

  /** Brings the tests of a file up to date; those that stay keep their results. */
  async #refresh(uri: Uri, token?: CancellationToken): Promise<void> {
    let found: CheckItem[];
    try {
      found = (await listChecks(this.#server, uri, token)).filter(({ kind }) => kind !== 'gradient');
    } catch (error) {
      if (error instanceof NoAnswer) return;
      throw error;
    }
    const key = uri.toString();
    if (found.length === 0) return this.#controller.items.delete(key);
    const file =
      this.#controller.items.get(key) ??
      this.#controller.createTestItem(key, uri.path.split('/').at(-1) ?? uri.path, uri);
    file.description = workspace.asRelativePath(uri).split('/').slice(0, -1).join('/');
    file.children.replace(found.map((check, i) => this.#itemOf(file, uri, check, i)));
    this.#controller.items.add(file);
  }

  #itemOf(file: TestItem, uri: Uri, check: CheckItem, place: number): TestItem {
    const id = idOf(check);
    const item = file.children.get(id) ?? this.#controller.createTestItem(id, checkTitle(check), uri);
    item.label = checkTitle(check);
    item.description = `line ${check.range.start.line + 1}`;
    item.sortText = String(place).padStart(6, '0');
    item.range = toRange(check.range);
    this.#checks.set(item, check);
    return item;
  }

  async #run(request: TestRunRequest, token: CancellationToken): Promise<void> {
    if (!request.continuous) return this.#runOnce(request, token);
    const listening = workspace.onDidSaveTextDocument(async ({ uri }) => {
      await this.#refresh(uri, token);
      const inFile = this.#chosen(request).filter((item) => item.uri?.toString() === uri.toString());
      if (inFile.length > 0) await this.#runOnce(new TestRunRequest(inFile, request.exclude, request.profile), token);
    });
    token.onCancellationRequested(() => listening.dispose());
  }

  /** By every element of every parameter: a run tells how far it is in the status bar, and stops where it stands. */
  async runInFull(request: TestRunRequest, token: CancellationToken): Promise<void> {
    const options = { location: ProgressLocation.Window, title: 'Wengert: Checking in full' };
    await window.withProgress(options, (progress) =>
      this.#runOnce(request, token, (check) => ({
        full: true,
        report: (directions) => progress.report({ message: `${check.name}, ${directionsText(directions)}` }),
      })),
    );
  }

  async #runOnce(
    request: TestRunRequest,
    token: CancellationToken,
    depth: (check: CheckItem) => Depth = () => FAST,
  ): Promise<void> {
    const run = this.#controller.createTestRun(request);
    const source = new CancellationTokenSource();
    const listening = [token, run.token].map((each) => each.onCancellationRequested(() => source.cancel()));
    try {
      const chosen = this.#chosen(request);
      for (const item of chosen) run.enqueued(item);
      for (const item of chosen) {
        const check = this.#checks.get(item);
        if (source.token.isCancellationRequested || !check) {
          run.skipped(item);
          continue;
        }
        run.started(item);
        const started = Date.now();
        const view = await runCheck(this.#server, check, source.token, depth(check)).catch((error: Error) => ({
          ...check,
          verdict: 'error' as const,
          message: error.message,
          parameters: [],
          point: {},
        }));
        if (view) report(this.#controller, run, item, view, Date.now() - started);
        else run.skipped(item);
      }
    } finally {
      run.end();
      for (const each of listening) each.dispose();
      source.dispose();
    }
  }

  /** The checks that a request means: itself, or all in a file; a parameter stands for its check. */
  #chosen({ include, exclude }: TestRunRequest): TestItem[] {
    const excluded = new Set(exclude);
    const chosen = new Set<TestItem>();
    const visit = (item: TestItem): void => {
      if (excluded.has(item)) return;
      if (this.#checks.has(item)) chosen.add(item);
      else if (item.parent && this.#checks.has(item.parent)) chosen.add(item.parent);
      else for (const [, child] of item.children) visit(child);
    };
    for (const item of include ?? [...this.#controller.items].map(([, item]) => item)) visit(item);
    return [...chosen];
  }
}

function idOf({ kind, id }: Pick<CheckItem, 'kind' | 'id'>): string {
  return `${kind} ${id}`;
}
