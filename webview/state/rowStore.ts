/** The steps of a leased trace: pages that the server sends when they come into view. */
import { signal } from '@preact/signals';
import type { StepView, TraceView } from '../../src/protocol';

export const PAGE = 200;
/** Pages kept; the ones used longest ago are dropped first. */
const KEPT_PAGES = 60;

export class RowStore {
  private readonly pages = new Map<number, readonly StepView[]>();
  private readonly asked = new Set<number>();
  private readonly byRow = new Map<number, StepView>();
  /** Counts arrivals; reading it makes a component follow them. */
  readonly arrivals = signal(0);

  constructor(
    trace: TraceView,
    private readonly fetchPage: (from: number, count: number) => Promise<readonly StepView[] | null>,
  ) {
    this.length = trace.steps;
    for (let from = 0; from < trace.rows.length; from += PAGE) {
      const page = trace.rows.slice(from, from + PAGE);
      // A first page that ends early is asked for again when its end comes into view.
      if (page.length === PAGE || from + page.length === trace.steps) this.keep(from / PAGE, page);
      else this.index(page);
    }
    this.first = trace.rows;
  }

  readonly length: number;
  private readonly first: readonly StepView[];

  /** The step at a position, if it has arrived; asks for its page otherwise. */
  at(position: number): StepView | undefined {
    const page = Math.floor(position / PAGE);
    const known = this.pages.get(page)?.[position % PAGE] ?? this.first[position];
    if (!known) this.ask(page);
    return known;
  }

  /** The step at a position, if it has arrived; asks for nothing. */
  known(position: number): StepView | undefined {
    return this.pages.get(Math.floor(position / PAGE))?.[position % PAGE] ?? this.first[position];
  }

  /** The step of a tape row, if it has arrived. */
  ofRow(row: number): StepView | undefined {
    return this.byRow.get(row);
  }

  get complete(): boolean {
    return this.byRow.size >= this.length;
  }

  /** Asks for everything, where that is at most `limit` steps. */
  fetchAll(limit: number): void {
    if (this.length > limit) return;
    for (let page = 0; page * PAGE < this.length; page++) if (!this.pages.has(page)) this.ask(page);
  }

  private ask(page: number): void {
    if (this.asked.has(page) || this.pages.has(page) || page * PAGE >= this.length || page < 0) return;
    this.asked.add(page);
    void this.fetchPage(page * PAGE, Math.min(PAGE, this.length - page * PAGE)).then((rows) => {
      this.asked.delete(page);
      if (!rows) return;
      this.keep(page, rows);
      this.arrivals.value++;
    });
  }

  private keep(page: number, rows: readonly StepView[]): void {
    this.pages.set(page, rows);
    this.index(rows);
    if (this.pages.size <= KEPT_PAGES) return;
    const [oldest] = this.pages.keys();
    if (oldest === undefined) return;
    for (const step of this.pages.get(oldest) ?? []) this.byRow.delete(step.row);
    this.pages.delete(oldest);
  }

  private index(rows: readonly StepView[]): void {
    for (const step of rows) this.byRow.set(step.row, step);
  }
}
