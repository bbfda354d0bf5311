/**
 * The evaluation host: keeps one worker that runs the whole language service, gives it the open documents,
 * passes requests to it one at a time and survives its end. Whatever an evaluation does — loop for ever,
 * eat all memory, overflow — the editor gets an answer or an honest reason, and the next request finds a
 * worker that knows all documents again.
 */
import type { CancellationToken } from 'vscode-languageserver';
import type { LanguageService, NotebookDocument, SourceDocument, WorkspaceReader } from '../service/languageService';
import { Channel, type MethodName, type Parameters, type Port, type Report, type Result } from './channel';

/** A started worker, whoever runs it (a thread of Node, a worker of a browser). */
export interface EvaluationWorker {
  readonly port: Port;
  /** Resolves with the reason when the worker ends by itself; `undefined` after {@link terminate}. */
  readonly ended: Promise<EndCause | undefined>;
  /** Ends it at once, in the middle of an evaluation if need be. */
  terminate(): void;
}

export interface EndCause {
  readonly kind: 'memory' | 'crash';
  /** For the log. */
  readonly detail: string;
}

/** Times in milliseconds. */
export interface HostLimits {
  /** Longest that one answer may take; beyond it the worker is ended. */
  readonly deadline: number;
  /** How long a running evaluation that nobody waits for may hold up others. */
  readonly abandoned: number;
  /** How long a worker may take to load. */
  readonly start: number;
  /** How often in a row a worker may fail to load before the host gives up. */
  readonly startAttempts: number;
  /** How many workers one text of a document may cost before it is left alone until it changes. */
  readonly strikes: number;
}

/** The service limits an evaluation to five seconds by itself; the deadline is for what escapes that. */
export const DEFAULT_LIMITS: HostLimits = {
  deadline: 10_000,
  abandoned: 1_000,
  start: 20_000,
  startAttempts: 3,
  strikes: 2,
};

/** An answer that can not be had because the evaluation was ended. Its message is for the reader. */
export class EvaluationEnded extends Error {
  override readonly name = 'EvaluationEnded';
  constructor(
    readonly code: 'deadline' | 'memory' | 'crash' | 'restarted' | 'unavailable',
    message: string,
  ) {
    super(message);
  }
}

/** The caller no longer wants the answer. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
  constructor() {
    super('cancelled');
  }
}

export interface HostOptions {
  readonly startWorker: () => EvaluationWorker;
  readonly reader: WorkspaceReader;
  readonly log?: (line: string) => void;
  /** A new worker has taken the place of one that ended: leases are lost, and must be opened again. */
  readonly restarted?: () => void;
  /** What was found out about documents holds no longer, although their texts are as they were: what they read has changed. */
  readonly redone?: (uris: readonly string[]) => void;
  readonly limits?: Partial<HostLimits>;
}

/** Requests in the order of their urgency. Changes of documents go before both. */
export type Urgency = 'interactive' | 'background';

export interface CallOptions {
  /** The document that the answer is about: it is blamed for what its evaluation does to the worker. */
  readonly uri?: string;
  readonly urgency?: Urgency;
  readonly token?: CancellationToken;
  /**
   * Told how far the answer is, by methods that take such a function last. The deadline then counts from the last report,
   * and when nobody waits any more the worker is ended.
   */
  readonly report?: Report;
}

/** The methods of the service that are asked for by name; documents have {@link EvaluationHost.update}. */
export type Question = Exclude<MethodName<LanguageService>, 'update' | 'close'>;

interface Job {
  readonly method: MethodName<LanguageService>;
  readonly args: readonly unknown[];
  readonly uri: string | undefined;
  readonly urgency: Urgency;
  readonly report?: Report | undefined;
  resolve(value: unknown): void;
  reject(error: Error): void;
  /** Since when nobody waits for the answer. */
  abandonedAt?: number;
}

interface Current {
  readonly worker: EvaluationWorker;
  readonly channel: Channel<LanguageService>;
  ready: boolean;
}

export class EvaluationHost {
  readonly #startWorker: () => EvaluationWorker;
  readonly #reader: WorkspaceReader;
  readonly #limits: HostLimits;
  readonly #log: (line: string) => void;
  readonly #restarted: () => void;
  readonly #redone: (uris: readonly string[]) => void;

  readonly #documents = new Map<string, SourceDocument | NotebookDocument>();
  /** Notebooks of cells that are asked about by addresses of their own. */
  readonly #homes = new Map<string, string>();
  /** Documents whose newest text, or whose closing, the worker has not heard of. */
  readonly #unsent = new Set<string>();
  readonly #waitingForSync = new Map<string, (() => void)[]>();
  /** Workers that a text has cost. */
  readonly #strikes = new Map<string, { count: number; error: EvaluationEnded }>();
  readonly #queue: Job[] = [];
  #running: Job | undefined;
  #current: Current | undefined;
  #failedStarts = 0;
  #disposed = false;

  constructor({ startWorker, reader, log, restarted, redone, limits }: HostOptions) {
    this.#startWorker = startWorker;
    this.#reader = reader;
    this.#log = log ?? (() => undefined);
    this.#restarted = restarted ?? (() => undefined);
    this.#redone = redone ?? (() => undefined);
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
    this.#start();
  }

  /** Opens a document or replaces its text. Settles when the worker knows this text or a newer one, or can not take it. */
  update(document: SourceDocument | NotebookDocument): Promise<void> {
    this.#forgetCells(document.uri);
    this.#documents.set(document.uri, document);
    if ('notebook' in document)
      for (const cell of document.notebook) if (cell.uri !== undefined) this.#homes.set(cell.uri, document.uri);
    this.#strikes.delete(document.uri);
    return this.#synchronise(document.uri);
  }

  close(uri: string): Promise<void> {
    this.#forgetCells(uri);
    this.#documents.delete(uri);
    this.#strikes.delete(uri);
    return this.#synchronise(uri);
  }

  #forgetCells(uri: string): void {
    const known = this.#documents.get(uri);
    if (known && 'notebook' in known)
      for (const cell of known.notebook) if (cell.uri !== undefined) this.#homes.delete(cell.uri);
  }

  /** Whether the worker knows the newest text of a document, or of the notebook of a cell. */
  isSynchronised(address: string): boolean {
    const uri = this.#homes.get(address) ?? address;
    return !this.#unsent.has(uri) && !(this.#running?.method === 'update' && this.#running.uri === uri);
  }

  /**
   * Asks the service.
   * @throws {Cancelled} when the token says so
   * @throws {EvaluationEnded} when the evaluation had to be ended, with a message for the reader
   */
  call<K extends Question>(
    method: K,
    args: Parameters<LanguageService, K>,
    options: CallOptions = {},
  ): Promise<Result<LanguageService, K>> {
    const { urgency = 'interactive', token, report } = options;
    // What a cell costs, its notebook is blamed for.
    const uri = options.uri === undefined ? undefined : (this.#homes.get(options.uri) ?? options.uri);
    const refusal = this.#refusal(uri);
    if (refusal) return Promise.reject(refusal);
    if (token?.isCancellationRequested) return Promise.reject(new Cancelled());
    return new Promise((resolve, reject) => {
      const listening = token?.onCancellationRequested(() => this.#cancel(job));
      const job: Job = {
        method,
        args,
        uri,
        urgency,
        report,
        resolve: (value) => {
          listening?.dispose();
          resolve(value as Result<LanguageService, K>);
        },
        reject: (error) => {
          listening?.dispose();
          reject(error);
        },
      };
      this.#queue.push(job);
      this.#pump();
    });
  }

  /** Ends the worker and starts a new one, also after the host had given up. */
  restart(): void {
    this.#failedStarts = 0;
    this.#strikes.clear();
    this.#end(new EvaluationEnded('restarted', 'Evaluation was started anew'));
  }

  dispose(): void {
    this.#disposed = true;
    this.#end(new EvaluationEnded('unavailable', 'The language server is shutting down'));
    for (const job of this.#queue.splice(0)) job.reject(new Cancelled());
  }

  #synchronise(uri: string): Promise<void> {
    this.#unsent.add(uri);
    if (this.#refusal(undefined)) return Promise.resolve();
    return new Promise((resolve) => {
      const waiting = this.#waitingForSync.get(uri) ?? [];
      waiting.push(resolve);
      this.#waitingForSync.set(uri, waiting);
      this.#pump();
    });
  }

  #refusal(uri: string | undefined): EvaluationEnded | undefined {
    if (this.#disposed || this.#failedStarts >= this.#limits.startAttempts) {
      return new EvaluationEnded('unavailable', 'Evaluation could not be started; the log says why');
    }
    const strikes = uri === undefined ? undefined : this.#strikes.get(uri);
    return strikes && strikes.count >= this.#limits.strikes ? strikes.error : undefined;
  }

  #cancel(job: Job): void {
    const place = this.#queue.indexOf(job);
    if (place >= 0) this.#queue.splice(place, 1);
    if (this.#running === job) {
      job.abandonedAt = Date.now();
      setTimeout(() => this.#endAbandoned(), this.#limits.abandoned);
    }
    job.reject(new Cancelled());
  }

  /** An evaluation that nobody waits for must not hold up the next for long. */
  #endAbandoned(): void {
    const since = this.#running?.abandonedAt;
    if (since === undefined) return;
    // A timer may go off a moment early: what is left is waited for.
    const left = this.#limits.abandoned - (Date.now() - since);
    if (left > 0) return void setTimeout(() => this.#endAbandoned(), left);
    if (this.#queue.length > 0 || this.#unsent.size > 0 || this.#running?.report) {
      this.#end(new EvaluationEnded('restarted', 'Evaluation was superseded'));
    }
  }

  #start(): void {
    const worker = this.#startWorker();
    const channel = new Channel<LanguageService>(worker.port).answerWith(this.#reader);
    const current: Current = { worker, channel, ready: false };
    this.#current = current;
    void worker.ended.then((cause) => {
      if (!cause || this.#current !== current) return;
      this.#log(`The evaluation worker ended: ${cause.detail}`);
      this.#end(endedBy(cause.kind));
    });
    const patience = setTimeout(() => {
      if (this.#current === current) this.#end(endedBy('crash'));
    }, this.#limits.start);
    channel.greet().then(
      () => {
        clearTimeout(patience);
        current.ready = true;
        this.#failedStarts = 0;
        this.#pump();
      },
      () => clearTimeout(patience),
    );
  }

  /** Ends the worker; what was running fails with this error, what was waiting waits for the next worker. */
  #end(error: EvaluationEnded): void {
    const ending = this.#current;
    const blamed = this.#running?.uri;
    this.#current = undefined;
    for (const uri of this.#documents.keys()) this.#unsent.add(uri);
    if (ending) {
      if (!ending.ready && error.code !== 'restarted') this.#failedStarts++;
      ending.worker.terminate();
      ending.channel.close(error);
    }
    if (blamed !== undefined && (error.code === 'deadline' || error.code === 'memory' || error.code === 'crash')) {
      this.#strikes.set(blamed, { count: (this.#strikes.get(blamed)?.count ?? 0) + 1, error });
    }
    if (this.#disposed) return;
    if (this.#failedStarts < this.#limits.startAttempts) {
      this.#start();
      return this.#restarted();
    }
    const refusal = this.#refusal(undefined) ?? error;
    for (const job of this.#queue.splice(0)) job.reject(refusal);
    for (const uri of this.#unsent) this.#settleSync(uri);
  }

  #pump(): void {
    this.#endAbandoned();
    const current = this.#current;
    if (this.#running || !current?.ready) return;
    const job = this.#nextChange() ?? this.#nextQuestion();
    if (!job) return;
    this.#running = job;
    const late = () => {
      const { deadline } = this.#limits;
      this.#log(`${job.method} took longer than ${deadline} ms${job.uri ? ` (${job.uri})` : ''}; the worker is ended.`);
      this.#end(new EvaluationEnded('deadline', `Evaluation took longer than ${seconds(deadline)} and was ended`));
    };
    let patience = setTimeout(late, this.#limits.deadline);
    const alive: Report = (done, all) => {
      clearTimeout(patience);
      patience = setTimeout(late, this.#limits.deadline);
      job.report?.(done, all);
    };
    const { method, args } = job;
    const { channel } = current;
    (job.report ? channel.callReporting(alive, method, ...(args as never)) : channel.call(method, ...(args as never)))
      .finally(() => {
        clearTimeout(patience);
        this.#running = undefined;
      })
      .then(job.resolve, job.reject)
      .finally(() => this.#pump());
  }

  #nextChange(): Job | undefined {
    for (const uri of this.#unsent) {
      this.#unsent.delete(uri);
      const document = this.#documents.get(uri);
      if (document && this.#refusal(uri)) {
        this.#settleSync(uri);
        continue;
      }
      const settled = () => {
        if (!this.#unsent.has(uri)) this.#settleSync(uri);
      };
      return {
        method: document ? 'update' : 'close',
        args: [document ?? uri],
        uri,
        urgency: 'interactive',
        resolve: (others) => {
          settled();
          if (Array.isArray(others) && others.length > 0) this.#redone(others as string[]);
        },
        // Ended while it was reading this text: all documents wait for the next worker again, this one too.
        reject: (error) => {
          if (!(error instanceof EvaluationEnded)) this.#log(`${uri}: ${detail(error)}`);
          settled();
        },
      };
    }
    return undefined;
  }

  #nextQuestion(): Job | undefined {
    for (;;) {
      const interactive = this.#queue.findIndex((job) => job.urgency === 'interactive');
      const [job] = this.#queue.splice(interactive >= 0 ? interactive : 0, 1);
      const refusal = job && this.#refusal(job.uri);
      if (!job || !refusal) return job;
      job.reject(refusal);
    }
  }

  #settleSync(uri: string): void {
    const waiting = this.#waitingForSync.get(uri) ?? [];
    this.#waitingForSync.delete(uri);
    for (const resolve of waiting) resolve();
  }
}

function endedBy(kind: EndCause['kind']): EvaluationEnded {
  return kind === 'memory'
    ? new EvaluationEnded('memory', 'Evaluation ran out of memory and was ended')
    : new EvaluationEnded('crash', 'Evaluation ended unexpectedly; the log says why');
}

function seconds(milliseconds: number): string {
  return `${milliseconds / 1000} s`;
}

/** An exception with its stack, for the log and nothing else. */
export function detail(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'remoteStack' in error ? `${error.message}\n${String(error.remoteStack)}` : (error.stack ?? error.message);
}
