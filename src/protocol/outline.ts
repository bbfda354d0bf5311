/** What can be traced in a document, as a tree: the outline of the editor, and the list in the side bar. */
import type { Range, TraceableView } from './trace';

export interface OutlineItem {
  /** Plain text. */
  readonly name: string;
  readonly detail: string;
  readonly kind: TraceableView['kind'];
  readonly range: Range;
  /** Where the cursor goes; inside of the range. */
  readonly selection: Range;
  readonly children: readonly OutlineItem[];
  /** The traceable that it is, or that it is a part of. */
  readonly traceable: string;
  /** Of a layer: which one, from 0. */
  readonly layer?: number;
  /** Of a layer: where it is written, outside of `range` as well. */
  readonly place?: Range;
}
