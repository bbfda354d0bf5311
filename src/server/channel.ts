/**
 * Typed calls over a message port, both ways: the language server's process on one side, the evaluation
 * worker on the other. Arguments and results are cloned structurally, so NaN, infinities and typed arrays
 * cross as they are. Knows neither Node nor the browser.
 */

/** A worker or the port inside one, whoever provides it. */
export interface Port {
  post(message: unknown): void;
  /** Called once, before the first message can arrive. */
  listen(receive: (message: unknown) => void): void;
}

/** The asynchronous methods of an interface. */
export type MethodName<T> = {
  [K in keyof T]: T[K] extends (...args: never[]) => Promise<unknown> ? K : never;
}[keyof T] &
  string;
export type Parameters<T, K extends MethodName<T>> = T[K] extends (...args: infer A) => Promise<unknown> ? A : never;
export type Result<T, K extends MethodName<T>> = T[K] extends (...args: never[]) => Promise<infer R> ? R : never;

/** An exception that was thrown on the other side. Its stack is for the log only. */
export class RemoteError extends Error {
  override readonly name = 'RemoteError';
  constructor(
    method: string,
    message: string,
    readonly remoteStack: string,
  ) {
    super(`${method}: ${message}`);
  }
}

type Message =
  | { readonly type: 'greeting'; readonly id: number }
  | {
      readonly type: 'call';
      readonly id: number;
      readonly method: string;
      readonly args: readonly unknown[];
      /** The caller wants to hear how far it is. */
      readonly reports?: true;
    }
  | { readonly type: 'progress'; readonly id: number; readonly done: number; readonly all: number }
  | { readonly type: 'result'; readonly id: number; readonly value: unknown }
  | {
      readonly type: 'error';
      readonly id: number;
      readonly message: string;
      readonly stack: string;
    };

/** Told how far a call is. */
export type Report = (done: number, all: number) => void;

/** Reports come no more often than this, in milliseconds. */
const REPORT_EVERY = 100;

interface Pending {
  readonly method: string;
  readonly report: Report | undefined;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

type Methods = Readonly<Record<string, ((...args: never[]) => unknown) | undefined>>;

/** One end of a connection: calls the methods of `Remote`, and answers with those of an object of this side. */
export class Channel<Remote> {
  readonly #port: Port;
  #local: Methods = {};
  readonly #pending = new Map<number, Pending>();
  #closed: Error | undefined;
  #next = 1;

  constructor(port: Port) {
    this.#port = port;
    port.listen((message) => void this.#receive(message as Message));
  }

  /** Calls from the other side are answered by the methods of this object. */
  answerWith(local: object): this {
    this.#local = local as Methods;
    return this;
  }

  /** Resolves as soon as the other side listens. */
  greet(): Promise<void> {
    return this.#ask('greeting', (id) => ({ type: 'greeting', id })) as Promise<void>;
  }

  call<K extends MethodName<Remote>>(method: K, ...args: Parameters<Remote, K>): Promise<Result<Remote, K>> {
    return this.#ask(method, (id) => ({ type: 'call', id, method, args })) as Promise<Result<Remote, K>>;
  }

  /** A call whose method takes a function behind these arguments, and tells it how far it is; the function is called here. */
  callReporting<K extends MethodName<Remote>>(
    report: Report,
    method: K,
    ...args: Parameters<Remote, K>
  ): Promise<Result<Remote, K>> {
    const message = (id: number): Message => ({ type: 'call', id, method, args, reports: true });
    return this.#ask(method, message, report) as Promise<Result<Remote, K>>;
  }

  /** Ends the connection: what is waiting here, and every later call, fails with this error. */
  close(error: Error): void {
    if (this.#closed) return;
    this.#closed = error;
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }

  #ask(method: string, message: (id: number) => Message, report?: Report): Promise<unknown> {
    if (this.#closed) return Promise.reject(this.#closed);
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { method, report, resolve, reject });
      this.#port.post(message(id));
    });
  }

  async #receive(message: Message): Promise<void> {
    if (this.#closed) return;
    if (message.type === 'call') return this.#answer(message);
    if (message.type === 'greeting') {
      return this.#port.post({
        type: 'result',
        id: message.id,
        value: undefined,
      } satisfies Message);
    }
    const pending = this.#pending.get(message.id);
    if (!pending) return;
    if (message.type === 'progress') return pending.report?.(message.done, message.all);
    this.#pending.delete(message.id);
    if (message.type === 'result') pending.resolve(message.value);
    else pending.reject(new RemoteError(pending.method, message.message, message.stack));
  }

  async #answer({ id, method, args, reports }: Extract<Message, { type: 'call' }>): Promise<void> {
    let answer: Message;
    try {
      const handler = this.#local[method];
      if (!handler) throw new Error('no such method');
      const all = reports ? [...args, this.#reporter(id)] : args;
      answer = { type: 'result', id, value: await handler.apply(this.#local, all as never[]) };
    } catch (error) {
      answer = errorMessage(id, error);
    }
    if (this.#closed) return;
    try {
      this.#port.post(answer);
    } catch (error) {
      // The value could not be cloned: a mistake of ours, which the caller must hear of and not wait for.
      this.#port.post(errorMessage(id, error));
    }
  }

  /** Sends on how far a call is, as often as somebody can read. What ends the call comes from outside. */
  #reporter(id: number): (done: number, all: number) => boolean {
    let last = 0;
    return (done, all) => {
      const now = Date.now();
      if (now - last >= REPORT_EVERY && !this.#closed) {
        last = now;
        this.#port.post({ type: 'progress', id, done, all } satisfies Message);
      }
      return true;
    };
  }
}

function errorMessage(id: number, error: unknown): Message {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { type: 'error', id, message, stack: stack ?? '' };
}
