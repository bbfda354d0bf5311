/** Diagnostics: claims and derivatives that are wrong, and text that can not be read as it stands. Nothing else. */
import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import { CancellationTokenSource } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { DiagnosticAnswer } from '../../service/languageService';
import type { ServerContext, ServerFeature } from '../context';

/** Pause in the typing before a document is looked over, in milliseconds. */
export const DIAGNOSTICS_DELAY = 200;

/** What a diagnostic carries for its quick fixes. */
export interface DiagnosticData {
  /** Replaces the diagnostic's range. */
  readonly fix?: string;
  /** A comment that silences it. */
  readonly silence?: DiagnosticAnswer['silence'];
}

export const diagnosticsFeature: ServerFeature = {
  register({ connection, documents, host, guard, onAnalysed, onClosed }: ServerContext): void {
    const scheduled = new Map<string, { timer: NodeJS.Timeout; source: CancellationTokenSource }>();

    documents.onDidChangeContent(({ document }) => cancel(document.uri));

    onAnalysed((document) => {
      cancel(document.uri);
      const source = new CancellationTokenSource();
      const timer = setTimeout(() => void publish(document, source), DIAGNOSTICS_DELAY);
      scheduled.set(document.uri, { timer, source });
    });

    onClosed((uri) => {
      cancel(uri);
      void connection.sendDiagnostics({ uri, diagnostics: [] });
    });

    function cancel(uri: string): void {
      const previous = scheduled.get(uri);
      if (!previous) return;
      clearTimeout(previous.timer);
      previous.source.cancel();
      scheduled.delete(uri);
    }

    async function publish({ uri, version }: TextDocument, { token }: CancellationTokenSource): Promise<void> {
      const found = await guard<DiagnosticAnswer[] | undefined>('diagnostics', undefined, () =>
        host.call('diagnostics', [uri], { uri, token, urgency: 'background' }),
      ).catch(() => undefined); // Superseded by a newer text: nobody waits for these.
      if (token.isCancellationRequested || documents.get(uri)?.version !== version) return;
      await connection.sendDiagnostics({
        uri,
        version,
        diagnostics: (found ?? []).map(toDiagnostic),
      });
    }
  },
};

const SEVERITIES = {
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
} as const;

function toDiagnostic({ range, severity, code, message, fix, silence }: DiagnosticAnswer): Diagnostic {
  const data: DiagnosticData = { ...(fix === undefined ? {} : { fix }), ...(silence ? { silence } : {}) };
  return {
    range,
    severity: SEVERITIES[severity],
    code,
    source: 'wengert',
    message,
    ...(Object.keys(data).length === 0 ? {} : { data }),
  };
}
