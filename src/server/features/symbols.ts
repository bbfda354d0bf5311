/** The outline of the editor: what can be traced, and the layers of networks. */
import { type DocumentSymbol, SymbolKind } from 'vscode-languageserver';
import type { OutlineItem } from '../../service/languageService';
import type { ServerContext, ServerFeature } from '../context';

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

  register({ connection, host, guard }: ServerContext): void {
    connection.onDocumentSymbol(({ textDocument: { uri } }, token) =>
      guard<DocumentSymbol[]>(
        'outline',
        [],
        async () => (await host.call('outline', [uri], { uri, token, urgency: 'background' })).map(symbol),
        () => [],
      ),
    );
  },
};

function symbol({ name, detail, kind, range, selection, children }: OutlineItem): DocumentSymbol {
  return { name, detail, kind: KINDS[kind], range, selectionRange: selection, children: children.map(symbol) };
}
