/** What can be traced, and the layers of networks: the outline of the editor, and the tree in the side bar. */
import * as v from 'valibot';
import { type DocumentSymbol, SymbolKind } from 'vscode-languageserver';
import { layersRequest, type OutlineItem, outlineRequest } from '../../protocol';
import type { ServerContext, ServerFeature } from '../context';
import { onRequest } from '../requests';

const KINDS: Readonly<Record<OutlineItem['kind'], SymbolKind>> = {
  expression: SymbolKind.Operator,
  function: SymbolKind.Function,
  script: SymbolKind.Variable,
  formula: SymbolKind.Variable,
  network: SymbolKind.Module,
  layer: SymbolKind.Struct,
};

export const symbolsFeature: ServerFeature = {
  capabilities: () => ({ documentSymbolProvider: { label: 'Wengert' } }),

  register(context: ServerContext): void {
    const { connection, host, guard } = context;
    connection.onDocumentSymbol(({ textDocument: { uri } }, token) =>
      guard<DocumentSymbol[]>(
        'outline',
        [],
        async () => (await host.call('outline', [uri], { uri, token, urgency: 'background' })).map(symbol),
        () => [],
      ),
    );
    onRequest(context, outlineRequest, v.object({ uri: v.string() }), ({ uri }, token) =>
      guard<readonly OutlineItem[]>(
        'outline',
        [],
        () => host.call('outline', [uri], { uri, token, urgency: 'background' }),
        () => [],
      ),
    );
    onRequest(
      context,
      layersRequest,
      v.object({ uri: v.string(), traceable: v.string() }),
      ({ uri, traceable }, token) =>
        guard<readonly OutlineItem[]>(
          'layers',
          [],
          () => host.call('layers', [uri, traceable], { uri, token }),
          () => [],
        ),
    );
  },
};

function symbol({ name, detail, kind, range, selection, children }: OutlineItem): DocumentSymbol {
  return { name, detail, kind: KINDS[kind], range, selectionRange: selection, children: children.map(symbol) };
}
