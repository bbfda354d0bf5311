/** What the page does with messages: late answers, checks of an older text, state by document. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { CheckView, FromViewer, ToViewer, TraceView } from '../../../src/protocol';
import type { SavedState } from '../../../webview/host';
import { Session } from '../../../webview/state/session';
import { failingCheck, network } from '../fixtures/arrays';
import { twoVariables } from '../fixtures/recordings';

/** A page whose editor the test plays. */
function page(saved: SavedState = { documents: {} }) {
  const sent: FromViewer[] = [];
  let handler: (message: ToViewer) => void = () => undefined;
  let kept = saved;
  const session = new Session({
    alone: false,
    post: (message) => sent.push(message),
    listen: (next) => (handler = next),
    load: () => saved,
    save: (state) => (kept = state),
  });
  return {
    session,
    receive: (message: ToViewer) => handler(message),
    kept: () => kept,
    asked: <T extends FromViewer['type']>(type: T) =>
      sent.filter((message): message is Extract<FromViewer, { type: T }> => message.type === type),
    show(trace: TraceView, uri = 'file:///notes.md', pinned = false) {
      handler({ type: 'show', uri, file: 'notes.md', answer: { state: 'data', trace }, pinned });
    },
  };
}

/** Lets what waits for answers go on. */
const settled = () => new Promise((done) => setTimeout(done));

const at = (value: number): TraceView => {
  const trace = structuredClone(twoVariables());
  return { ...trace, lease: `at ${value}`, output: { ...trace.output, value } };
};

describe('answers that come late', () => {
  it('of several wishes only the last is asked for, and shown', async () => {
    const { session, receive, asked, show } = page();
    show(at(0));
    for (const tangent of ['a', 'b', 'c']) session.reopen({ tangent });
    const [first] = asked('open');
    assert.equal(asked('open').length, 1);
    assert.equal(first?.address.tangent, 'a');
    receive({ type: 'opened', reply: first?.reply ?? 0, answer: { state: 'data', trace: at(1) } });
    await settled();
    const [, second] = asked('open');
    assert.equal(asked('open').length, 2);
    assert.equal(second?.address.tangent, 'c');
    receive({ type: 'opened', reply: second?.reply ?? 0, answer: { state: 'data', trace: at(3) } });
    await settled();
    assert.equal(session.output.value, 3);
    assert.equal(asked('open').length, 2);
  });

  it('are dropped where something newer is shown by now', async () => {
    const { session, receive, asked, show } = page();
    show(at(0));
    session.reopen({ of: 'x_1 x_2' });
    const [question] = asked('open');
    // The document has changed in the meantime.
    show(at(7));
    receive({ type: 'opened', reply: question?.reply ?? 0, answer: { state: 'data', trace: at(1) } });
    await settled();
    assert.equal(session.output.value, 7);
  });

  it('a choice that leads nowhere leaves what is shown, with the reason', async () => {
    const { session, receive, asked, show } = page();
    show(at(0));
    session.reopen({ of: 'z' });
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    const unknown = { code: 'name', reason: 'there is no z', range };
    receive({ type: 'opened', reply: asked('open')[0]?.reply ?? 0, answer: { state: 'unknown', unknown } });
    await settled();
    assert.equal(session.output.value, 0);
    assert.equal(session.problem.value, 'there is no z');
  });

  it('rows of a lost lease have the trace opened again', async () => {
    const { session, receive, asked, show } = page();
    show({ ...at(0), steps: 5_000 });
    session.open.value?.rows.at(4_000);
    receive({ type: 'rows', reply: asked('rows')[0]?.reply ?? 0, rows: null });
    await settled();
    assert.equal(asked('open').length, 1);
  });
});

describe('checks', () => {
  const check: CheckView = failingCheck;
  const show = () => {
    const viewer = page();
    viewer.show(network(), check.uri);
    return viewer;
  };

  it('fail as long as the text is the one that was checked', () => {
    const { session, receive } = show();
    receive({ type: 'checks', uri: check.uri, checks: [check] });
    assert.deepEqual(session.failing.value, [check]);
    receive({ type: 'checks', uri: check.uri, checks: [check], edits: 2 });
    assert.deepEqual(session.failing.value, []);
    assert.equal(session.checksBehind.value, 2);
    assert.deepEqual(session.checks.value, [check]);
  });

  it('of another document are not for this one', () => {
    const { session, receive } = show();
    receive({ type: 'checks', uri: 'file:///other.py', checks: [check] });
    assert.deepEqual(session.checks.value, []);
  });
});

describe('state', () => {
  const uris = ['file:///a.md', 'file:///b.md'] as const;

  it('belongs to its document, and survives a reload', () => {
    const { session, show, kept } = page();
    show(at(0), uris[0]);
    session.tab.value = 'graph';
    session.select(3);
    session.scroll.value = 40;
    show({ ...at(0), id: 'other' }, uris[1]);
    session.tab.value = 'paths';
    show(at(1), uris[0]);
    assert.equal(session.tab.value, 'graph');
    assert.equal(session.selected.value, 3);

    const again = page(kept());
    again.show({ ...at(2), id: 'other' }, uris[1]);
    assert.equal(again.session.tab.value, 'paths');
    assert.equal(again.session.selected.value, undefined);
    again.show(at(2), uris[0]);
    assert.equal(again.session.tab.value, 'graph');
    assert.equal(again.session.selected.value, 3);
    assert.equal(again.session.scroll.value, 40);
    assert.equal(again.kept().uri, uris[0]);
  });

  it('of no more than thirty documents is kept', () => {
    const { show, kept } = page();
    for (let i = 0; i < 40; i++) show(at(i), `file:///${i}.md`);
    const names = Object.keys(kept().documents);
    assert.equal(names.length, 30);
    assert.equal(names.at(-1), 'file:///39.md');
  });
});

describe('arrays in full', () => {
  it('are fetched for a copy, and why there is none is told', async () => {
    const { session, receive, asked, show } = page();
    show(network());
    const array = network().inputs[0]?.value;
    assert.ok(typeof array === 'object');
    session.copy(
      session.array(4, 'adjoint').then((whole) => String(whole?.elements?.length)),
      'it',
    );
    const [question] = asked('array');
    assert.deepEqual([question?.row, question?.family], [4, 'adjoint']);
    receive({ type: 'array', reply: question?.reply ?? 0, array });
    await settled();
    assert.deepEqual(asked('copy'), [{ type: 'copy', text: String(array.elements?.length) }]);
    session.copy(Promise.reject(new Error('too large')), 'it');
    await settled();
    assert.equal(asked('copy').length, 1);
    assert.equal(session.problem.value, 'too large');
  });
});
