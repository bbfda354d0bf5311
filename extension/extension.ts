/** The extension where Node runs it: on a desktop, in a container, over SSH. */
import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { activateOn, type WengertApi } from './activate';

export function activate(context: ExtensionContext): WengertApi {
  const module = context.asAbsolutePath('dist/server.js');
  return activateOn(context, {
    createClient: (id, name, options) =>
      new LanguageClient(id, name, { module, transport: TransportKind.ipc }, options),
  });
}
