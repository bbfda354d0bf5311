/** Records a formula of vectors and matrices. */
import type { Outcome, Reading } from '../../frontEnd';
import { LoweringError } from '../../latex/lower';
import { nameToText } from '../../latex/names';
import type { Layout } from '../../directives';
import { layoutOf } from '../claims';
import { FormulaRecording, pathOf } from '../recording';
import { ArrayEvaluator, type Frame } from './evaluator';
import { jacobianLayout } from './layout';

export class ArrayRecording extends FormulaRecording {
  private frame: Frame | undefined;

  /** A vector or matrix came up in what was evaluated. */
  get hasArrays(): boolean {
    return this.frame?.hasArrays ?? false;
  }

  /** Where no directive says otherwise, gradients of numbers have the shape of what they are by: updates need it. */
  protected get layout(): Layout {
    const known = layoutOf(this.model);
    if (known?.source === 'directive') return known.layouts[0] as Layout;
    return jacobianLayout(known).layout === 'denominator' ? 'denominator' : 'mixed';
  }

  run(): Outcome {
    const { definition, choice } = this.output();
    if (definition.kind === 'function') for (const p of definition.parameters) this.parameters.add(p.name);
    for (const name of this.cuts) {
      const scratch = this.newFrame(this.newRecorder());
      const value = new ArrayEvaluator(scratch).named(name);
      if (!value) throw new LoweringError('no-value', `${nameToText(name)} has no value`, this.statement.node);
      const { recorder } = scratch;
      this.cut(name, value.shape.length === 0 ? recorder.value(value.ref) : recorder.array(value.ref));
    }
    this.frame = this.newFrame(this.recorder);
    const output = new ArrayEvaluator(this.frame).outputOf(definition);
    const name = pathOf(definition.name);
    this.recorder.bind(name, output.ref, this.sites.of(definition.statement, definition.nameNode));
    const trace = this.recorder.finish(output.ref, name);
    if (trace.inputs.length === 0) return this.constant(definition);
    return {
      kind: 'recorded',
      trace,
      complete: true,
      choice,
      formula: this.source(),
      readings: this.readings(this.frame.readings),
    };
  }

  protected newFrame(recorder: Frame['recorder'], given: Frame['given'] = this.given): Frame {
    const readings: Reading[] = [];
    return {
      view: this.view,
      recorder,
      sites: this.sites,
      given,
      inputs: new Map(),
      readings,
      steps: new Map(),
      bound: new Set(),
      operations: { left: this.budget.operations },
      hasArrays: false,
      layout: this.layout,
    };
  }
}
