/** The worker's side of the evaluation host: a language service that answers over a port. */
import type { LanguageService, WorkspaceReader } from '../service/languageService';
import { Channel, type Port } from './channel';

/** Lets a port call the service that `create` makes; the service reads the workspace through the same port. */
export function serve(port: Port, create: (reader: WorkspaceReader) => LanguageService): void {
  const channel = new Channel<WorkspaceReader>(port);
  channel.answerWith(
    create({
      text: (uri) => channel.call('text', uri),
      bytes: (uri) => channel.call('bytes', uri),
      roots: () => channel.call('roots'),
    }),
  );
}
