import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { adjoints, Recorder, type Ref, ScalarTape } from '../../src/autodiff';
import { DOCUMENT } from './support/recording';

const newRecorder = (capacity?: number) =>
  new Recorder({ dialect: 'math', spans: () => [], ...(capacity === undefined ? {} : { capacity }) });

/** Rows of a recorder with everything that they hold. */
const content = ({ tape }: Recorder) =>
  Array.from({ length: tape.length }, (_, row) => [
    tape.flags(row),
    tape.first(row),
    tape.second(row),
    tape.site(row),
    tape.scope(row),
    tape.value[row],
  ]);

/** What one recorder does next: an input, or a step of its last row. */
function advance(r: Recorder, site: number): Ref {
  const last = r.tape.length - 1;
  if (last < 0) return r.input(['x'], 0.5 + site, DOCUMENT, site);
  return site % 5 === 0 ? r.input(['y', site], site, DOCUMENT, site) : r.scalar('sin', site, last);
}

describe('memory of tapes', () => {
  it('is shared by none of them: recorders in turn write what each writes alone', () => {
    const program = fc.array(fc.tuple(fc.nat(3), fc.nat(40), fc.constantFrom('go', 'begin', 'finish', 'restart')), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(program, (turns) => {
        const together: Recorder[] = [];
        const alone: Recorder[] = [];
        const history: [number, number][][] = [];
        turns.forEach(([which, steps, what], turn) => {
          const k = together.length === 0 ? 0 : which % together.length;
          if (what === 'begin' || together.length === 0) {
            together.push(newRecorder(steps % 2 === 0 ? undefined : steps));
            history.push([]);
            return;
          }
          const r = together[k]!;
          if (what === 'restart') {
            r.restart();
            history[k] = [];
          }
          for (let i = 0; i < steps; i++) advance(r, turn + i);
          history[k]!.push([turn, steps]);
          if (what === 'finish' && r.tape.length > 0) r.finish(r.tape.length - 1, ['y']);
        });
        // Alone: one after another in memory of their own.
        for (const turns of history) {
          const r = newRecorder(1000);
          for (const [turn, steps] of turns) for (let i = 0; i < steps; i++) advance(r, turn + i);
          alone.push(r);
        }
        together.forEach((r, k) => assert.deepEqual(content(r), content(alone[k]!)));
      }),
    );
  });

  it('of a finished trace stays as it is, while others are recorded after it', () => {
    const r = newRecorder();
    const x = r.input(['x'], 2, DOCUMENT, 0);
    const y = r.scalar('exp', 1, x);
    const trace = r.finish(y, ['y']);
    const replay = ScalarTape.of(trace.tape);
    assert.equal(trace.tape.reservedBytes, trace.tape.bytes);
    for (let k = 0; k < 2000; k++) advance(newRecorder(), k);
    // More steps of the same recorder go elsewhere.
    for (let k = 0; k < 100; k++) r.scalar('neg', 2, y);
    assert.equal(trace.tape.value[y], Math.exp(2));
    assert.equal(adjoints(trace.tape, y).scalars[x], Math.exp(2));
    replay.setInput(0, 3);
    replay.replay();
    assert.equal(replay.value(y), Math.exp(3));
    assert.equal(trace.tape.value[y], Math.exp(2));
  });

  it('of a step costs few bytes, also where thousands of short traces are kept', () => {
    const traces = Array.from({ length: 5000 }, (_, k) => {
      const r = newRecorder();
      advance(r, k);
      return r.finish(r.scalar('sin', 1, 0), ['y']);
    });
    const blocks = new Set(traces.map(({ tape }) => tape.value.buffer));
    const bytes = [...blocks].reduce((n, block) => n + block.byteLength, 0);
    // Values alone are 8 bytes a row, and the last block is not full; the rest of a row lies in blocks of the same number of rows.
    assert.ok(bytes <= 10 * 2 * traces.length, `${bytes} bytes for ${2 * traces.length} rows`);
  });
});
