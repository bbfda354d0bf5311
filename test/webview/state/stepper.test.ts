import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Course } from '../../../webview/state/stepper';
import { twoVariables, units } from '../fixtures/recordings';

describe('course of the two sweeps', () => {
  it('goes forward through the steps, then back through the contributions', () => {
    const trace = twoVariables();
    const course = new Course(trace.rows, trace.output.row);
    assert.equal(course.forward, 7);
    assert.deepEqual(
      course.moments.slice(7).map((m) => (m.kind === 'contribution' ? `${m.from + 1}>${m.position + 1}` : m.kind)),
      ['seed', '7>5', '7>6', '6>2', '5>3', '5>4', '4>1', '4>2', '3>1'],
    );
  });

  it('sends nothing on before all contributions to it have arrived', () => {
    const trace = units();
    const course = new Course(trace.rows, trace.output.row);
    course.moments.forEach((moment, at) => {
      if (moment.kind !== 'contribution') return;
      const { count, of } = course.arrived(moment.from, at);
      assert.equal(count, of, `v${moment.from + 1} at ${at}`);
    });
    const end = course.moments.length - 1;
    trace.rows.forEach((step, position) => {
      const { count, of } = course.arrived(position, end);
      assert.equal(count, of, step.name);
    });
  });

  it('counts what has arrived so far', () => {
    const trace = twoVariables();
    const course = new Course(trace.rows, trace.output.row);
    const first = course.moments.findIndex((m) => m.kind === 'contribution' && m.position === 1);
    assert.deepEqual(course.arrived(1, first - 1), { count: 0, of: 2 });
    assert.deepEqual(course.arrived(1, first), { count: 1, of: 2 });
  });
});
