/** The language server as the rest of the extension sees it: typed requests, changes, and its state. */
import { type CancellationToken, type Disposable, EventEmitter } from 'vscode';
import { type BaseLanguageClient, ProgressType, State } from 'vscode-languageclient';
import {
  changedNotification,
  type CheckParameters,
  type CheckProgress,
  checkRequest,
  type CheckView,
  type RequestSpec,
} from '../src/protocol';

export type ServerState = 'starting' | 'running' | 'stopped';

/** The server has gone, or the answer is no longer wanted. Not worth a message to the reader. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

const STATES: Readonly<Record<State, ServerState>> = {
  [State.Stopped]: 'stopped',
  [State.StartFailed]: 'stopped',
  [State.Starting]: 'starting',
  [State.Running]: 'running',
};

export class Server implements Disposable {
  readonly #client: BaseLanguageClient;
  readonly #changed = new EventEmitter<{ uri: string; version: number }>();
  readonly #stateChanged = new EventEmitter<ServerState>();
  readonly #busyChanged = new EventEmitter<boolean>();
  readonly #owned: readonly Disposable[];
  #waiting = 0;
  #tokens = 0;

  /** Something new is known of a document. */
  readonly onDidChange = this.#changed.event;
  readonly onDidChangeState = this.#stateChanged.event;
  /** Requests are under way, or none is any more. */
  readonly onDidChangeBusy = this.#busyChanged.event;

  /** @param owned what ends with the server */
  constructor(client: BaseLanguageClient, owned: readonly Disposable[] = []) {
    this.#client = client;
    this.#owned = owned;
    client.onDidChangeState(({ newState }) => this.#stateChanged.fire(STATES[newState]));
    client.onNotification(changedNotification.method, (params: { uri: string; version: number }) =>
      this.#changed.fire(params),
    );
  }

  get state(): ServerState {
    return STATES[this.#client.state];
  }

  start(): Promise<void> {
    // The client logs and shows why a start failed.
    return this.#client.start().catch(() => undefined);
  }

  async restart(): Promise<void> {
    if (this.#client.isRunning()) await this.#client.stop().catch(() => undefined);
    await this.start();
  }

  /** Resolves when the server runs. */
  async whenRunning(): Promise<void> {
    while (this.state !== 'running') {
      await new Promise<void>((resolve) => {
        const listening = this.onDidChangeState(() => {
          listening.dispose();
          resolve();
        });
      });
    }
  }

  /**
   * @throws {NoAnswer} when it was cancelled or the server ended
   * @throws {Error} with a message for the reader when the server could not answer
   */
  async request<P, R>(spec: RequestSpec<P, R>, params: P, token?: CancellationToken): Promise<R> {
    this.#wait(+1);
    try {
      await this.#client.start();
      return await this.#client.sendRequest<R>(spec.method, params, token);
    } catch (error) {
      if (token?.isCancellationRequested || this.state !== 'running') throw new NoAnswer(String(error));
      throw error;
    } finally {
      this.#wait(-1);
    }
  }

  /**
   * Checks by every element, however many there are.
   * @param report told how many directions of all are done
   */
  async checkInFull(
    params: CheckParameters,
    report: (progress: CheckProgress) => void,
    token: CancellationToken,
  ): Promise<CheckView[]> {
    const progressToken = `check ${++this.#tokens}`;
    await this.#client.start();
    const listening = this.#client.onProgress(new ProgressType<CheckProgress>(), progressToken, report);
    try {
      return await this.request(checkRequest, { ...params, full: true, progressToken }, token);
    } finally {
      listening.dispose();
    }
  }

  dispose(): void {
    for (const each of [this.#changed, this.#stateChanged, this.#busyChanged, ...this.#owned]) each.dispose();
    void this.#client.dispose().catch(() => undefined);
  }

  #wait(change: 1 | -1): void {
    const before = this.#waiting;
    this.#waiting += change;
    if (before === 0 || this.#waiting === 0) this.#busyChanged.fire(this.#waiting > 0);
  }
}
