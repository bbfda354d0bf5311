/**
 * Quick fixes: of what diagnostics underline (what would be right, or the comment that silences it), and of what is unknown
 * (a comment that gives it a shape and a sampler).
 */
import {
  type CodeAction,
  CodeActionKind,
  CodeActionTriggerKind,
  type Diagnostic,
  DiagnosticSeverity,
  type TextEdit,
} from 'vscode-languageserver';
import type { RemedyAnswer } from '../../service/languageService';
import type { ServerContext, ServerFeature } from '../context';
import type { DiagnosticData } from './diagnostics';

/** Longer texts are shortened in the title. */
const MAX_TITLE = 60;

export const codeActionsFeature: ServerFeature = {
  capabilities: () => ({ codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] } }),

  register({ connection, documents, host, guard }: ServerContext): void {
    connection.onCodeAction(({ textDocument: { uri }, range, context: { diagnostics, only, triggerKind } }, token) => {
      if (!documents.get(uri) || (only && !only.some((kind) => CodeActionKind.QuickFix.startsWith(kind)))) return [];
      const mends = diagnostics.filter(({ source }) => source === 'wengert').flatMap((d) => actionsFor(uri, d));
      // The light bulb follows the cursor; what has to be evaluated for it waits until it is asked for.
      if (triggerKind === CodeActionTriggerKind.Automatic) return mends;
      return guard<CodeAction[]>('quick fixes', mends, async () => {
        const remedies = await host.call('remedies', [uri, range.start], { uri, token });
        return [...mends, ...remedies.map((remedy) => insertion(uri, remedy))];
      });
    });
  },
};

function insertion(uri: string, { title, at, to = at, text }: RemedyAnswer): CodeAction {
  return {
    title,
    kind: CodeActionKind.QuickFix,
    edit: { changes: { [uri]: [{ range: { start: at, end: to }, newText: text }] } },
  };
}

function actionsFor(uri: string, diagnostic: Diagnostic): CodeAction[] {
  const { fix, silence, fixes = [] } = (diagnostic.data ?? {}) as DiagnosticData;
  const action = (title: string, edits: TextEdit[], isPreferred = false): CodeAction => ({
    title: plain(title),
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    edit: { changes: { [uri]: edits } },
    ...(isPreferred ? { isPreferred } : {}),
  });
  return [
    ...fixes.map(({ title, edits }, i) => action(title, edits, i === 0)),
    ...(fix === undefined
      ? []
      : [action(`Write ${shortened(fix)}`, [{ range: diagnostic.range, newText: fix }], isSure(diagnostic))]),
    ...(silence === undefined
      ? []
      : [
          action(`Leave this alone: add ${silence.text.trim()}`, [
            { range: { start: silence.at, end: silence.at }, newText: silence.text },
          ]),
        ]),
  ];
}

/** Menus show text as it is: code is put in quotes. */
function plain(title: string): string {
  return title.replace(/`([^`]*)`/g, '“$1”');
}

const isSure = ({ severity }: Diagnostic) => severity !== DiagnosticSeverity.Information;

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > MAX_TITLE ? `${line.slice(0, MAX_TITLE - 1)}…` : line;
}
