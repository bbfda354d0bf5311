import { parse } from './arguments';
import type { Command } from './commands';

const OPTIONS = { stdio: { type: 'boolean', help: 'standard streams (the default)' } } as const;

export const lsp: Command = {
  summary: 'Starts the language server on standard input and output, for any editor.',
  usage: '[--stdio]',
  options: OPTIONS,
  async run(args) {
    parse(args, OPTIONS);
    // Loaded only here: the other commands start faster without a protocol.
    const { createConnection, ProposedFeatures } = await import(
      /* webpackMode: "eager" */ 'vscode-languageserver/node'
    );
    const { serveOnNode } = await import(/* webpackMode: "eager" */ '../server/node/serve');
    serveOnNode(createConnection(ProposedFeatures.all, process.stdin, process.stdout));
    // The connection ends the process.
    return new Promise<number>(() => undefined);
  },
};
