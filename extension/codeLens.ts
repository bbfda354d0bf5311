/** Lines above what can be traced or checked, where the reader has asked for them by the setting. */
import {
  CodeLens,
  type CodeLensProvider,
  type Command,
  Disposable,
  EventEmitter,
  languages as vscodeLanguages,
  type TextDocument,
  workspace,
} from 'vscode';
import { type CheckItem, listRequest, type TraceableView } from '../src/protocol';
import { listChecks } from './checks/checkFiles';
import { toRange } from './convert';
import type { Languages } from './languages';
import { NoAnswer, type Server } from './server';
import { setting } from './settings';

const SETTING = 'wengert.codeLens.enabled';

export function registerCodeLens(server: Server, languages: Languages): Disposable {
  const changed = new EventEmitter<void>();
  const provider: CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    async provideCodeLenses(document, token) {
      if (!setting(SETTING, document)) return [];
      const uri = document.uri.toString();
      try {
        const [traceables, checks] = await Promise.all([
          server.request(listRequest, { uri }, token),
          listChecks(server, document.uri, token),
        ]);
        return [
          ...traceables.flatMap((traceable) => ofTraceable(document, traceable)),
          ...checks.flatMap((check) => ofCheck(document, check)),
        ];
      } catch (error) {
        if (error instanceof NoAnswer) return [];
        throw error;
      }
    },
  };
  return Disposable.from(
    changed,
    vscodeLanguages.registerCodeLensProvider([...languages.selector], provider),
    server.onDidChange(() => changed.fire()),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(SETTING)) changed.fire();
    }),
  );
}

function ofTraceable(document: TextDocument, { name, range }: TraceableView): CodeLens[] {
  const place = [document.uri.toString(), range.start];
  const lens = (command: Command) => new CodeLens(toRange(range), command);
  return [
    lens({
      title: 'Open trace',
      tooltip: `The derivative trace of ${name}`,
      command: 'wengert.openTrace',
      arguments: place,
    }),
    lens({
      title: 'Check gradient',
      tooltip: `Adjoint, tangent and differences of ${name}`,
      command: 'wengert.checkGradient',
      arguments: place,
    }),
  ];
}

/** Checks of the tracer against itself have their line already; an equation needs none. */
function ofCheck(document: TextDocument, { kind, name, range }: CheckItem): CodeLens[] {
  if (kind !== 'backward') return [];
  const command: Command = {
    title: 'Check hand-written gradient',
    tooltip: `${name} against the reverse sweep`,
    command: 'wengert.checkGradient',
    arguments: [document.uri.toString(), range.start],
  };
  return [new CodeLens(toRange(range), command)];
}
