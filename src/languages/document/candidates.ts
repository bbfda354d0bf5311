/**
 * People calculate on with what they have printed: ŷ = 0.57 is put into −log ŷ, not 0.5662. A number that comes out of any
 * mixture of exact and printed values is not called wrong.
 */
import { evaluate, type Expr, symbols } from '../../symbolic';
import { LoweringError } from '../latex/lower';
import { agrees, type PrintedNumber } from './digits';
import type { Model, View } from './model';

/** Values of one name, and mixtures of one expression, that are looked at. */
const MAX_VALUES = 12;
const MAX_MIXTURES = 512;
const MAX_DEPTH = 12;

export class Candidates {
  private readonly known = new Map<string, readonly number[]>();

  constructor(
    private readonly model: Model,
    private readonly view: View,
  ) {}

  /** Whether the printed number comes out of the expression for some mixture; also where there are too many to try. */
  reach(expr: Expr, printed: PrintedNumber, error: number): boolean {
    const values = this.valuesOf(expr, MAX_DEPTH, MAX_MIXTURES);
    return values === undefined || values.some((value) => agrees(value, printed, error));
  }

  private valuesOf(expr: Expr, depth: number, limit: number): readonly number[] | undefined {
    let points: ReadonlyMap<string, number>[] = [new Map()];
    for (const name of symbols(expr)) {
      const values = this.named(name, depth);
      points = points.flatMap((p) => values.map((v) => new Map([...p, [name, v]])));
      if (points.length > limit) return undefined;
    }
    return points.map((p) => evaluate(expr, (n) => p.get(n)));
  }

  private named(name: string, depth: number): readonly number[] {
    let values = this.known.get(name);
    if (!values) {
      this.known.set(name, []);
      const found = new Set([...this.model.earlierNumbers(name, this.view.statement), ...this.derived(name, depth)]);
      values = [...found].slice(0, MAX_VALUES);
      this.known.set(name, values);
    }
    return values;
  }

  private derived(name: string, depth: number): readonly number[] {
    try {
      const constant = this.view.constant(name);
      if (constant) return [constant.value];
      const definition = depth > 0 ? this.view.definition(name) : undefined;
      return (definition && this.valuesOf(definition, depth - 1, MAX_VALUES)) ?? [];
    } catch (error) {
      if (error instanceof LoweringError) return [];
      throw error;
    }
  }
}
