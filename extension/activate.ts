/** Puts the parts of the extension together; the same on every platform. */
import { commands, type ExtensionContext, window } from 'vscode';
import { registerCheckFull } from './commands/checkFull';
import { registerCheckGradient } from './commands/checkGradient';
import { registerCheckMany } from './commands/checkMany';
import { CheckReports } from './commands/checkReports';
import { registerOpenExample } from './commands/openExample';
import { registerExportTrace } from './commands/exportTrace';
import { registerOpenTrace } from './commands/openTrace';
import { createServer } from './client';
import { registerCodeLens } from './codeLens';
import { supportedLanguages } from './languages';
import type { Platform } from './platform';
import type { Server } from './server';
import { showStatus } from './status';
import { GradientTests } from './testing/gradientTests';
import { TraceablesTree } from './tree/traceablesTree';
import { followTraceableFiles } from './traceableFiles';
import { TracePanels } from './viewer/tracePanels';

/** What `activate` returns: for tests, and for other extensions that want to ask the server. */
export interface WengertApi {
  readonly server: Pick<Server, 'request' | 'checkInFull' | 'whenRunning'>;
  /** What the tree in the side bar shows. */
  readonly tree: Pick<TraceablesTree, 'getChildren' | 'getTreeItem'>;
}

export function activateOn(context: ExtensionContext, platform: Platform): WengertApi {
  const languages = supportedLanguages(context);
  const log = window.createOutputChannel('Wengert', { log: true });
  const server = createServer(platform, languages, log);
  const panels = new TracePanels(context, server, languages, log);
  const reports = new CheckReports();
  const tests = new GradientTests(server);
  const tree = new TraceablesTree(server, languages, panels);
  context.subscriptions.push(
    log,
    server,
    panels,
    reports,
    tests,
    tree,
    showStatus(server, languages),
    registerOpenTrace(panels, languages),
    registerOpenExample(context),
    followTraceableFiles(server, languages),
    registerExportTrace(context, server, panels, languages),
    registerCodeLens(server, languages),
    registerCheckGradient(server, panels, reports, languages),
    registerCheckFull(server, panels, reports, tests, languages),
    registerCheckMany(server, reports, tests, languages),
    commands.registerCommand('wengert.restartServer', () => server.restart()),
    commands.registerCommand('wengert.showLog', () => log.show()),
  );
  // The side bar welcomes where this list does not have the language of the editor.
  void commands.executeCommand('setContext', 'wengert.languages', languages.ids);
  void server.start();
  return { server, tree };
}
