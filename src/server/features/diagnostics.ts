/** Diagnostics: claims and derivatives that are wrong, and text that can not be read as it stands. Nothing else. */
import { type Diagnostic, type DiagnosticRelatedInformation, DiagnosticSeverity } from 'vscode-languageserver';
import { CancellationTokenSource } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { DiagnosticAnswer } from '../../service/languageService';
import type { CheckView } from '../../protocol';
import { CheckFailures } from '../checkFailures';
import type { ServerContext, ServerFeature } from '../context';

/** Pause in the typing before a document is looked over, in milliseconds. */
export const DIAGNOSTICS_DELAY = 200;

/** What a diagnostic carries for its quick fixes. */
export interface DiagnosticData {
  /** Replaces the diagnostic's range. */
  readonly fix?: string;
  /** A comment that silences it. */
  readonly silence?: DiagnosticAnswer['silence'];
  readonly fixes?: CheckView['fixes'];
}

export const diagnosticsFeature: ServerFeature = {
  register({ connection, documents, host, checkHost, guard, onAnalysed, onClosed, onChecked }: ServerContext): void {
    /** What the text itself says, as published last. */
    const ofText = new Map<string, { readonly version: number; readonly diagnostics: readonly Diagnostic[] }>();
    const failures = new CheckFailures(host, checkHost, (uri) => void send(uri));
    const unchecked = new Set<string>();
    const scheduled = new Map<string, { timer: NodeJS.Timeout; source: CancellationTokenSource }>();

    documents.onDidChangeContent(({ document }) => cancel(document.uri));

    documents.onDidOpen(({ document }) => unchecked.add(document.uri));
    documents.onDidSave(({ document }) => void failures.checkAll(document.uri));
    onChecked((uri, views) => {
      if (documents.get(uri)) failures.record(uri, views);
    });

    onAnalysed((document) => {
      if (unchecked.delete(document.uri)) void failures.checkAll(document.uri);
      else void failures.follow(document.uri);
      cancel(document.uri);
      const source = new CancellationTokenSource();
      const timer = setTimeout(() => void publish(document, source), DIAGNOSTICS_DELAY);
      scheduled.set(document.uri, { timer, source });
    });

    onClosed((uri) => {
      cancel(uri);
      unchecked.delete(uri);
      failures.forget(uri);
      ofText.delete(uri);
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
      ofText.set(uri, { version, diagnostics: (found ?? []).map(toDiagnostic) });
      await send(uri);
    }

    function send(uri: string): Promise<void> {
      const { version, diagnostics = [] } = ofText.get(uri) ?? {};
      const byHand = failures.of(uri).map((view) => ofFailure(uri, view));
      const all = [...diagnostics, ...byHand];
      return connection.sendDiagnostics({ uri, diagnostics: all, ...(version === undefined ? {} : { version }) });
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

/** Editors show diagnostics as they are: code is put in quotes. */
function plain(markdown: string): string {
  return markdown.replace(/`([^`]*)`/g, '“$1”');
}

/** A hand-written derivative that fails its check: where what is wrong was computed, and why. */
function ofFailure(uri: string, { name, range, place, message, cause, related = [], fixes }: CheckView): Diagnostic {
  return {
    range: place ?? range,
    severity: DiagnosticSeverity.Warning,
    code: 'gradient-mismatch',
    source: 'wengert',
    message: plain(
      [`${name}: ${message}`, ...(cause === undefined || message.includes(cause) ? [] : [cause])].join('\n'),
    ),
    ...(related.length === 0
      ? {}
      : {
          relatedInformation: related.map((each): DiagnosticRelatedInformation => ({
            location: { uri, range: each.range },
            message: plain(each.message),
          })),
        }),
    ...(fixes ? { data: { fixes } satisfies DiagnosticData } : {}),
  };
}
