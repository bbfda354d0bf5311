/** What differs between a desktop, a remote and a browser: how the language server is started. */
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';

export interface Platform {
  createClient(id: string, name: string, options: LanguageClientOptions): BaseLanguageClient;
}
