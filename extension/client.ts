/** Sets the language client up: documents it speaks for, and what it does with answers before VS Code shows them. */
import {
  type Diagnostic,
  DiagnosticSeverity,
  type LogOutputChannel,
  MarkdownString,
  type Position,
  type Uri,
  workspace,
} from 'vscode';
import { type LanguageClientOptions, RevealOutputChannelOn } from 'vscode-languageclient';
import type { Languages } from './languages';
import type { Platform } from './platform';
import { Server } from './server';
import { type DiagnosticLevel, diagnosticLevel, setting } from './settings';

export function createServer(platform: Platform, languages: Languages, log: LogOutputChannel): Server {
  /** Shows what the server has found in a document, or hides it, as the setting says now. */
  const found = new Map<string, () => void>();
  const options: LanguageClientOptions = {
    documentSelector: [...languages.selector],
    outputChannel: log,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    // The server's text holds text of the document: HTML is sanitised by VS Code, command links are not ours to trust.
    markdown: { isTrusted: false, supportHtml: true },
    middleware: {
      async provideHover(document, position, token, next) {
        if (!setting('wengert.hover.enabled', document)) return undefined;
        const hover = await next(document, position, token);
        hover?.contents.push(actions(document.uri, hover.range?.start ?? position));
        return hover;
      },
      provideDocumentSymbols: (document, token, next) =>
        setting('wengert.outline.enabled', document) ? next(document, token) : undefined,
      handleDiagnostics(uri, diagnostics, next) {
        const show = () =>
          next(uri, setting('wengert.diagnostics.enabled', uri) ? diagnostics.filter((d) => isShown(d, uri)) : []);
        if (diagnostics.length > 0) found.set(uri.toString(), show);
        else found.delete(uri.toString());
        show();
      },
    },
  };
  return new Server(platform.createClient('wengert', 'Wengert', options), [
    workspace.onDidChangeConfiguration((change) => {
      if (!change.affectsConfiguration('wengert.diagnostics')) return;
      for (const show of found.values()) show();
    }),
  ]);
}

/** Gives a diagnostic the severity that the setting of its code states; false where it is not wanted at all. */
function isShown(diagnostic: Diagnostic, uri: Uri): boolean {
  const level = diagnosticLevel(diagnostic.code, uri);
  if (level === 'off') return false;
  if (level !== undefined) diagnostic.severity = SEVERITIES[level];
  return true;
}

const SEVERITIES: Readonly<Record<Exclude<DiagnosticLevel, 'off'>, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** Links below a hover, to what it does not show. */
function actions(uri: Uri, position: Position): MarkdownString {
  const place = [uri.toString(), { line: position.line, character: position.character }];
  const link = (title: string, command: string) =>
    `[${title}](command:${command}?${encodeURIComponent(JSON.stringify(place))})`;
  const text = new MarkdownString(`${link('Open trace', OPEN)} · ${link('Check gradient', CHECK)}`);
  text.isTrusted = { enabledCommands: [OPEN, CHECK] };
  return text;
}

const OPEN = 'wengert.openTrace';
const CHECK = 'wengert.checkGradient';
