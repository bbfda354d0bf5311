/** The language server on Node, for the editor's own process and for `wengert lsp`. */
import path from 'node:path';
import { type Connection, createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { detail } from '../host';
import { startServer } from '../server';
import { nodeFiles } from './files';
import { startThread } from './thread';

/** @param connection by default the one that the command line names (`--stdio`, `--node-ipc` …) */
export function serveOnNode(connection: Connection = createConnection(ProposedFeatures.all)): void {
  // A mistake of ours is logged; it does not take the server from the editor.
  process.on('unhandledRejection', (reason) => connection.console.error(`unhandled: ${detail(reason)}`));
  // The bundle of the evaluation worker lies beside the bundle that this is part of.
  const worker = path.join(__dirname, 'worker.js');
  startServer({ connection, files: nodeFiles, startWorker: () => startThread(worker) });
}
