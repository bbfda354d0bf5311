/**
 * Documents that nobody has open, lent to the service for the time of a request: a check of a whole folder asks
 * about files, not about editors.
 */
import type { TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { languageOfPath } from '../protocol';
import type { WorkspaceReader } from '../service/languageService';
import type { EvaluationHost } from './host';

export class BorrowedDocuments {
  /** Documents on loan: how many requests need one now, and whether the service could be given it. */
  readonly #loans = new Map<string, { users: number; readonly opened: Promise<boolean> }>();

  constructor(
    private readonly host: Pick<EvaluationHost, 'update' | 'close'>,
    private readonly documents: Pick<TextDocuments<TextDocument>, 'get'>,
    private readonly workspace: Pick<WorkspaceReader, 'text'>,
  ) {}

  /** Does the work while the service knows the document; a file that can not be read gives `absent`. */
  async with<R>(uri: string, absent: R, work: () => Promise<R>): Promise<R> {
    if (this.documents.get(uri)) return work();
    const loan = this.#loans.get(uri) ?? { users: 0, opened: this.#open(uri) };
    loan.users++;
    this.#loans.set(uri, loan);
    try {
      return (await loan.opened) ? await work() : absent;
    } finally {
      loan.users--;
      if (loan.users === 0) {
        this.#loans.delete(uri);
        // It may have been opened in an editor meanwhile: then it stays.
        if (!this.documents.get(uri)) void this.host.close(uri);
      }
    }
  }

  async #open(uri: string): Promise<boolean> {
    const languageId = languageOfPath(uri);
    const text = languageId === undefined ? null : await this.workspace.text(uri);
    if (languageId === undefined || text === null) return false;
    if (!this.documents.get(uri)) await this.host.update({ uri, languageId, version: 0, text });
    return true;
  }
}
