/**
 * Wengert: Check Gradients in Full…: differences by every element of every parameter, however many there are. That takes
 * minutes for a network; how far it is is shown, and ending it ends the work.
 */
import { type CancellationToken, commands, type Disposable, ProgressLocation, ViewColumn, window } from 'vscode';
import type { CheckView } from '../../src/protocol';
import { checkFiles, directionsText, type Progress } from '../checks/checkFiles';
import { fromPosition } from '../convert';
import type { Languages } from '../languages';
import { NoAnswer, type Server } from '../server';
import type { GradientTests } from '../testing/gradientTests';
import { versionOf } from '../viewer/source';
import type { TracePanels } from '../viewer/tracePanels';
import { tell } from './checkGradient';
import type { CheckReports } from './checkReports';
import { commandTarget, type Target } from './target';

/** What is checked: what stands at the cursor, or all in its file. */
export type FullScope = 'here' | 'file';

const CHOICES = [
  { label: 'Here', description: 'what stands at the cursor', scope: 'here' },
  { label: 'File', description: 'everything in this file', scope: 'file' },
] as const;

export function registerCheckFull(
  server: Server,
  panels: TracePanels,
  reports: CheckReports,
  tests: GradientTests,
  languages: Languages,
): Disposable {
  const here = ({ uri, position }: Target, token: CancellationToken, report: (progress: Progress) => void) =>
    server.checkInFull(
      { uri: uri.toString(), position: fromPosition(position) },
      (directions) => report({ ...directions, name: directionsText(directions) }),
      token,
    );

  /** @returns what was found, for callers; the reader is told without being waited for */
  async function check(chosen?: unknown, where?: unknown, at?: unknown): Promise<CheckView[] | undefined> {
    const target = await commandTarget(languages, where, at);
    if (!target) return undefined;
    const scope = isScope(chosen) ? chosen : await chooseScope();
    if (!scope) return undefined;
    const title = scope === 'here' ? 'Checking the gradient in full' : 'Checking gradients in the file in full';
    const options = { location: ProgressLocation.Notification, title, cancellable: true };
    const version = versionOf(target.uri.toString());
    try {
      const checks = await window.withProgress(options, (progress, token) => {
        let reached = 0;
        const report = ({ done, all, name }: Progress) => {
          progress.report({ message: name, increment: Math.max(0, (100 * done) / all - reached) });
          reached = (100 * done) / all;
        };
        return scope === 'here' ? here(target, token, report) : checkFiles(server, [target.uri], token, report, true);
      });
      tests.record(checks, title);
      panels.showChecks(target.uri.toString(), checks, version);
      void tell(checks, () => reports.show(checks, panels.isEmpty ? ViewColumn.Beside : ViewColumn.Active));
      return checks;
    } catch (error) {
      if (!(error instanceof NoAnswer)) void window.showWarningMessage(`Wengert: ${(error as Error).message}`);
      return undefined;
    }
  }

  return commands.registerCommand('wengert.checkFull', check);
}

async function chooseScope(): Promise<FullScope | undefined> {
  const chosen = await window.showQuickPick(CHOICES, { placeHolder: 'What is to be checked by every element?' });
  return chosen?.scope;
}

function isScope(value: unknown): value is FullScope {
  return value === 'here' || value === 'file';
}
