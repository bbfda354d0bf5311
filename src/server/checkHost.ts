/**
 * Checks have a worker of their own, started when the first is asked for: one that takes long holds up no hover, and may
 * take longer than what somebody waits for at the pointer. Documents that nobody has open are lent to it for the time of
 * a request: a check of a whole folder asks about files, not about editors.
 */
import type { CancellationToken } from 'vscode-languageserver';
import { type CheckItem, type CheckView, languageOfPath } from '../protocol';
import type { CheckChoice, NotebookDocument, SourceDocument, WorkspaceReader } from '../service/languageService';
import type { Report } from './channel';
import type { EvaluationHost } from './host';

type Host = Pick<EvaluationHost, 'update' | 'close' | 'call' | 'dispose'>;

export class CheckHost {
  #host: Host | undefined;
  /** Versions of open documents that the worker was given. */
  readonly #known = new Map<string, { readonly version: number; readonly given: Promise<void> }>();
  /** Documents on loan: how many requests need one now, and whether the worker could be given it. */
  readonly #loans = new Map<string, { users: number; readonly opened: Promise<boolean> }>();
  readonly #changed = new Set<string>();

  constructor(
    private readonly start: () => Host,
    /** An open document as it is now; of a cell its notebook. */
    private readonly opened: (uri: string) => SourceDocument | NotebookDocument | undefined,
    private readonly workspace: Pick<WorkspaceReader, 'text'>,
    /** The host of a document that is not checked here. */
    private readonly elsewhere: (uri: string) => Host | undefined = () => undefined,
  ) {}

  /** @returns nothing for a file that can not be read */
  list(uri: string, token?: CancellationToken): Promise<CheckItem[]> {
    return this.#with(uri, [], (host) => host.call('listChecks', [uri], options(uri, token)));
  }

  /**
   * @param report told how far it is; with it a check may take as long as it goes on
   * @returns nothing for a file that can not be read
   */
  check(uri: string, which: CheckChoice, token?: CancellationToken, report?: Report): Promise<CheckView[]> {
    const chosen = { ...options(uri, token), ...(report ? { report } : {}) };
    return this.#with(uri, [], (host) => host.call('check', [uri, which], chosen));
  }

  /** What this host reads of files, and of other open documents, has changed: it hears of it before it checks again. */
  filesChanged(uris: readonly string[]): void {
    if (this.#host) for (const uri of uris) this.#changed.add(uri);
  }

  close(uri: string): void {
    // A check of the file that is under way goes on with this text, and closes it at its end.
    if (this.#known.delete(uri) && !this.#loans.has(uri)) void this.#host?.close(uri);
  }

  dispose(): void {
    this.#host?.dispose();
  }

  async #with<R>(uri: string, absent: R, work: (host: Host) => Promise<R>): Promise<R> {
    const other = this.elsewhere(uri);
    if (other) return work(other);
    const host = (this.#host ??= this.start());
    if (this.#changed.size > 0) {
      const changed = [...this.#changed];
      this.#changed.clear();
      await host.call('filesChanged', [changed], { urgency: 'interactive' }).catch(() => undefined); // What has ended forgets all.
    }
    const open = this.opened(uri);
    if (open) {
      await this.#give(host, open);
      return work(host);
    }
    const loan = this.#loans.get(uri) ?? { users: 0, opened: this.#lend(host, uri) };
    loan.users++;
    this.#loans.set(uri, loan);
    try {
      return (await loan.opened) ? await work(host) : absent;
    } finally {
      loan.users--;
      if (loan.users === 0) {
        this.#loans.delete(uri);
        // It may have been opened in an editor meanwhile: then it stays.
        if (!this.#known.has(uri)) void host.close(uri);
      }
    }
  }

  #give(host: Host, document: SourceDocument | NotebookDocument): Promise<void> {
    const { uri, version } = document;
    const known = this.#known.get(uri);
    if (known?.version === version) return known.given;
    const given = host.update(document);
    this.#known.set(uri, { version, given });
    return given;
  }

  async #lend(host: Host, uri: string): Promise<boolean> {
    const languageId = languageOfPath(uri);
    const text = languageId === undefined ? null : await this.workspace.text(uri);
    // Opened in an editor meanwhile: its text is newer.
    if (this.#known.has(uri)) return true;
    if (languageId === undefined || text === null) return false;
    await host.update({ uri, languageId, version: 0, text });
    return true;
  }
}

function options(uri: string, token: CancellationToken | undefined) {
  return { uri, urgency: 'background' as const, ...(token ? { token } : {}) };
}
