/**
 * The last answers to hovers, for the moment when the newest text is still being evaluated. An answer is
 * kept with the text of its line, so that it is found again wherever the line moves to, and only while
 * the line reads the same.
 */
import type { HoverAnswer } from '../service/languageService';

const MAX_PER_DOCUMENT = 200;

interface Entry {
  readonly from: number;
  readonly to: number;
  readonly answer: HoverAnswer;
}

export class RecentHovers {
  readonly #byLine = new Map<string, Entry[]>();

  /** @param lineText text of the line that the answer's range lies in; answers over several lines are not kept */
  remember(lineText: string, answer: HoverAnswer): void {
    const { start, end } = answer.range;
    if (start.line !== end.line) return;
    const entries = (this.#byLine.get(lineText) ?? []).filter(
      (e) => e.from !== start.character || e.to !== end.character,
    );
    entries.push({ from: start.character, to: end.character, answer });
    this.#byLine.delete(lineText);
    this.#byLine.set(lineText, entries);
    const oldest = this.#byLine.keys().next();
    if (this.#byLine.size > MAX_PER_DOCUMENT && !oldest.done) this.#byLine.delete(oldest.value);
  }

  /** The innermost answer at a place, moved to the line where it now stands. */
  find(lineText: string, line: number, character: number): HoverAnswer | undefined {
    const entries = this.#byLine.get(lineText) ?? [];
    const [best] = entries
      .filter(({ from, to }) => from <= character && character <= to)
      .sort((a, b) => a.to - a.from - (b.to - b.from));
    if (!best) return undefined;
    return {
      markdown: best.answer.markdown,
      range: { start: { line, character: best.from }, end: { line, character: best.to } },
    };
  }
}
