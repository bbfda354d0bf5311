/** Plays the sweeps: where the stepper stands, and the clock that moves it. */
import { computed, effect, signal } from '@preact/signals';
import type { StepView } from '../../src/protocol';
import type { Session } from './session';
import { Course, PLAY_LIMIT } from './stepper';

/** Milliseconds a moment at speed 1. */
const PACE = 350;
export const SPEEDS = [0.5, 1, 2, 4] as const;

export class Player {
  /** The moment shown; `undefined` at rest, where both sweeps are finished. */
  readonly at = signal<number | undefined>(undefined);
  readonly playing = signal(false);
  readonly speed = signal<number>(1);

  constructor(private readonly session: Session) {
    effect(() => {
      if (!this.playing.value) return;
      const timer = setInterval(() => this.tick(), PACE / this.speed.value);
      return () => clearInterval(timer);
    });
    // Another trace has another course.
    effect(() => {
      void session.open.value;
      this.stop();
    });
  }

  readonly possible = computed(() => (this.session.open.value?.trace.steps ?? Infinity) <= PLAY_LIMIT);

  /** Course of the trace shown, once all steps have arrived; `undefined` at rest. */
  readonly course = computed<Course | undefined>(() => {
    if (this.at.value === undefined) return undefined;
    return this.whole.value;
  });

  private readonly whole = computed<Course | undefined>(() => {
    const open = this.session.open.value;
    if (!open || !this.possible.value) return undefined;
    void open.rows.arrivals.value;
    open.rows.fetchAll(PLAY_LIMIT);
    const steps: StepView[] = [];
    for (let position = 0; position < open.trace.steps; position++) {
      const step = open.rows.at(position);
      if (!step) return undefined;
      steps.push(step);
    }
    return new Course(steps, open.trace.output.row);
  });

  private get end(): number {
    return (this.whole.peek()?.moments.length ?? 1) - 1;
  }

  play(): void {
    if (!this.possible.peek()) return;
    if (this.at.peek() === undefined || (this.at.peek() as number) >= this.end) this.at.value = 0;
    this.playing.value = true;
  }

  pause(): void {
    this.playing.value = false;
  }

  go(to: number): void {
    if (!this.possible.peek()) return;
    this.at.value = Math.max(0, Math.min(this.end, to));
  }

  /** One moment on or back. From rest, back is the last moment. */
  step(by: number): void {
    this.pause();
    const at = this.at.peek();
    this.go(at === undefined ? (by < 0 ? this.end : 0) : at + by);
  }

  stop(): void {
    this.playing.value = false;
    this.at.value = undefined;
  }

  private tick(): void {
    const at = this.at.peek();
    if (at === undefined || !this.whole.peek()) return;
    if (at >= this.end) this.pause();
    else this.at.value = at + 1;
  }
}
