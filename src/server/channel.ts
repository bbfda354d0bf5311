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
    }
  | { readonly type: 'result'; readonly id: number; readonly value: unknown }
  | {
      readonly type: 'error';
      readonly id: number;
      readonly message: string;
      readonly stack: string;
    };

interface Pending {
  readonly method: string;
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

  /** Ends the connection: what is waiting here, and every later call, fails with this error. */
  close(error: Error): void {
    if (this.#closed) return;
    this.#closed = error;
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }

  #ask(method: string, message: (id: number) => Message): Promise<unknown> {
    if (this.#closed) return Promise.reject(this.#closed);
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { method, resolve, reject });
      this.#port.post(message(id));
    });
  }

  async #receive(message: Message): Promise<void> {
    if (this.#closed) return;
    if (message.type === 'call') return this.#answer(message.id, message.method, message.args);
    if (message.type === 'greeting') {
      return this.#port.post({
        type: 'result',
        id: message.id,
        value: undefined,
      } satisfies Message);
    }
    const pending = this.#pending.get(message.id);
    if (!pending) return;
    this.#pending.delete(message.id);
    if (message.type === 'result') pending.resolve(message.value);
    else pending.reject(new RemoteError(pending.method, message.message, message.stack));
  }

  async #answer(id: number, method: string, args: readonly unknown[]): Promise<void> {
    let answer: Message;
    try {
      const handler = this.#local[method];
      if (!handler) throw new Error('no such method');
      answer = { type: 'result', id, value: await handler.apply(this.#local, args as never[]) };
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
}

function errorMessage(id: number, error: unknown): Message {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { type: 'error', id, message, stack: stack ?? '' };
}
