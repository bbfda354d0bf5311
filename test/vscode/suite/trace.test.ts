import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { WengertApi } from '../../../extension/activate';
import { locateRequest, openTraceRequest, rowsRequest, type TraceView } from '../../../src/protocol';
import { closeAll, eventually, openExample, placeOf, replace } from '../support/editing';

const api = async () => vscode.extensions.getExtension<WengertApi>('wengert.wengert')!.activate();
const position = ({ line, character }: vscode.Position) => ({ line, character });

describe('trace', () => {
  afterEach(closeAll);

  async function traceAt(editor: vscode.TextEditor, word: string): Promise<TraceView> {
    const { server } = await api();
    const { document } = editor;
    const answer = await server.request(openTraceRequest, {
      uri: document.uri.toString(),
      position: position(placeOf(document, word)),
    });
    assert.ok(answer.state === 'data', JSON.stringify(answer));
    return answer.trace;
  }

  for (const [name, word] of [
    ['two_variables.py', 'growth'],
    ['two-variables.md', 'x_1 x_2'],
  ] as const) {
    it(`of ${name} has seven steps and the gradient (5.5, 1.7163…)`, async () => {
      const trace = await traceAt(await openExample(name), word);
      assert.equal(trace.steps, 7);
      assert.equal(trace.output.value, 11.652071455223084);
      const gradient = trace.inputs.map(({ gradient }) => gradient as number);
      assert.equal(gradient[0], 5.5);
      assert.ok(Math.abs(gradient[1]! - 1.7163378145367738) < 1e-15);
    });
  }

  it('hands out rows and finds the row of a place as long as its lease lasts', async () => {
    const { server } = await api();
    const editor = await openExample('two_variables.py');
    const { lease } = await traceAt(editor, 'growth');
    const rows = await server.request(rowsRequest, { lease, from: 0, count: 7 });
    assert.equal(rows?.length, 7);
    const place = position(placeOf(editor.document, '*', 'x1 * x2'));
    const row = await server.request(locateRequest, { lease, position: place });
    assert.equal(rows.find((each) => each.row === row)?.value, 10);
  });

  it('opens again after the server was restarted', async function () {
    this.timeout(60_000);
    const { server } = await api();
    const editor = await openExample('two_variables.py');
    const { lease } = await traceAt(editor, 'growth');
    await vscode.commands.executeCommand('wengert.restartServer');
    await server.whenRunning();
    assert.equal(await server.request(rowsRequest, { lease, from: 0, count: 7 }), null);
    assert.equal((await traceAt(editor, 'growth')).inputs[0]?.gradient, 5.5);
  });

  it('opens in a panel beside the code, which is called after it and follows the text', async () => {
    const editor = await openExample('two_variables.py');
    const at = placeOf(editor.document, 'growth');
    editor.selection = new vscode.Selection(at, at);
    await vscode.commands.executeCommand('wengert.openTrace');
    const labels = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
    await eventually(labels, (all) => all.includes('Trace: surface'));
    assert.equal(vscode.window.activeTextEditor?.document, editor.document);
    await replace(editor, 'def surface', 'def relief');
    await replace(editor, 'y = surface', 'y = relief');
    await eventually(labels, (all) => all.includes('Trace: relief'));
  });
});
