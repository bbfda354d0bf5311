/** Wengert: Check Gradient Here. A sentence at once, the numbers on demand and in the viewer. */
import { commands, type Disposable, ProgressLocation, ViewColumn, window } from 'vscode';
import { type CheckView, checkRequest } from '../../src/protocol';
import { fromPosition } from '../convert';
import type { Languages } from '../languages';
import { withoutLinks } from '../plainText';
import { NoAnswer, type Server } from '../server';
import { versionOf } from '../viewer/source';
import type { TracePanels } from '../viewer/tracePanels';
import type { CheckReports } from './checkReports';
import { checkSummary } from './checkText';
import { commandTarget } from './target';

const DETAILS = 'Show Details';

export function registerCheckGradient(
  server: Server,
  panels: TracePanels,
  reports: CheckReports,
  languages: Languages,
): Disposable {
  /** @returns what was found, for callers; the reader is told without being waited for */
  async function check(where?: unknown, at?: unknown): Promise<CheckView[] | undefined> {
    const target = await commandTarget(languages, where, at);
    if (!target) return undefined;
    const uri = target.uri.toString();
    const version = versionOf(uri);
    try {
      const checks = await window.withProgress(
        { location: ProgressLocation.Window, title: 'Wengert: Checking the gradient' },
        async () => {
          const here = await server.request(checkRequest, {
            uri,
            position: fromPosition(target.position),
          });
          return here.length > 0 ? here : server.request(checkRequest, { uri });
        },
      );
      panels.showChecks(uri, checks, version);
      // Beside the code, unless the viewer stands there.
      const column = () => (panels.isEmpty ? ViewColumn.Beside : ViewColumn.Active);
      void tell(checks, () => reports.show(checks, column()));
      return checks;
    } catch (error) {
      if (!(error instanceof NoAnswer))
        void window.showWarningMessage(withoutLinks(`Wengert: ${(error as Error).message}`));
      return undefined;
    }
  }

  return commands.registerCommand('wengert.checkGradient', check);
}

/** A sentence, a warning where something is wrong; the whole on demand. */
export async function tell(checks: readonly CheckView[], showDetails: () => Promise<void>): Promise<void> {
  const message = withoutLinks(`Wengert: ${checkSummary(checks)}`);
  if (checks.length === 0) return void window.showInformationMessage(message);
  const wrong = checks.some(({ verdict }) => verdict === 'fail' || verdict === 'error');
  const show = wrong ? window.showWarningMessage : window.showInformationMessage;
  if ((await show(message, DETAILS)) === DETAILS) await showDetails();
}
