import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { WengertApi } from '../../../extension/activate';
import { listRequest, openTraceRequest } from '../../../src/protocol';
import { closeAll, hoverText, openExample, openText, setText } from '../support/editing';

const api = async () => vscode.extensions.getExtension<WengertApi>('wengert.wengert')!.activate();

/** What no reader may ever see. */
const STACK = /\bat .+:\d+:\d+|TypeError|RangeError|undefined|\[object/;

describe('broken text', () => {
  afterEach(closeAll);

  for (const name of ['two_variables.py', 'two-variables.md']) {
    it(`gives an answer or a reason at every length of ${name} while it is typed`, async function () {
      this.timeout(120_000);
      const { server } = await api();
      const example = await openExample(name);
      const { languageId } = example.document;
      const whole = example.document.getText();
      const editor = await openText(languageId, '');
      const uri = editor.document.uri.toString();
      for (let length = 0; length <= whole.length; length += 7) {
        await setText(editor, whole.slice(0, length));
        const position = editor.document.positionAt(length);
        const [hover, trace, list] = await Promise.all([
          hoverText(editor.document.uri, position),
          server.request(openTraceRequest, { uri, position }),
          server.request(listRequest, { uri }),
        ]);
        assert.doesNotMatch(hover, STACK);
        assert.ok(Array.isArray(list));
        if (trace.state === 'unknown') {
          assert.notEqual(trace.unknown.code, 'internal', trace.unknown.reason);
          assert.ok(trace.unknown.reason.length > 0);
          assert.doesNotMatch(trace.unknown.reason, STACK);
        }
      }
    });
  }

  it('keeps the last good trace, and says how old it is', async () => {
    const { server } = await api();
    const editor = await openExample('two_variables.py');
    const uri = editor.document.uri.toString();
    const whole = editor.document.getText();
    const good = await server.request(openTraceRequest, { uri, traceable: 'surface' });
    assert.equal(good.state, 'data');
    await setText(editor, whole.replace('return growth + product', 'return growth + (product'));
    const stale = await server.request(openTraceRequest, { uri, traceable: 'surface' });
    assert.ok(stale.state === 'data', JSON.stringify(stale));
    assert.ok(stale.trace.editsBehind > 0);
    assert.ok(stale.trace.staleReason);
    await setText(editor, whole);
    const again = await server.request(openTraceRequest, { uri, traceable: 'surface' });
    assert.equal(again.state === 'data' && again.trace.editsBehind, 0);
  });
});
