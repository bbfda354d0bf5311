/** Wengert: Check Gradients in File, Check Gradients in Workspace. */
import { commands, Disposable, ProgressLocation, type Uri, ViewColumn, window, workspace } from 'vscode';
import { checkFiles, findCheckable } from '../checks/checkFiles';
import type { CheckView } from '../../src/protocol';
import type { Languages } from '../languages';
import { withoutLinks } from '../plainText';
import type { Server } from '../server';
import type { GradientTests } from '../testing/gradientTests';
import type { CheckReports } from './checkReports';
import { tell } from './checkGradient';
import { offer } from './offer';
import { commandTarget } from './target';

export function registerCheckMany(
  server: Server,
  reports: CheckReports,
  tests: GradientTests,
  languages: Languages,
): Disposable {
  /** @returns what was found, for callers; the reader is told without being waited for */
  async function check(title: string, find: () => Thenable<readonly Uri[]>): Promise<CheckView[]> {
    const options = { location: ProgressLocation.Notification, title, cancellable: true };
    const checks = await window.withProgress(options, async (progress, token) => {
      let reached = 0;
      return checkFiles(server, await find(), token, ({ done, all, name }) => {
        progress.report({ message: withoutLinks(name), increment: (100 * (done - reached)) / all });
        reached = done;
      });
    });
    tests.record(checks, title);
    void tell(checks, () => reports.show(checks, ViewColumn.Beside));
    return checks;
  }

  return Disposable.from(
    commands.registerCommand('wengert.checkFile', async (where?: unknown) => {
      const target = await commandTarget(languages, where, undefined);
      return target && check('Checking gradients in the file', () => Promise.resolve([target.uri]));
    }),
    commands.registerCommand('wengert.checkWorkspace', async () => {
      if (workspace.workspaceFolders) return check('Checking gradients in the workspace', findCheckable);
      void offer('Open a folder to check the gradients in it.', 'Open Folder', 'workbench.action.files.openFolder');
      return undefined;
    }),
  );
}
