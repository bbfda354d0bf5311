/** Every custom request between editor and language server, typed in one place. */
import type { ClaimCounts } from '../model';
import type { CheckItem, CheckView } from './check';
import type { MATRIX_KINDS, MatrixView } from './matrix';
import type { NetworkView, TrainingAnswer } from './network';
import type { OutlineItem } from './outline';
import type { Family, Position, StepView, TensorView, TraceableView, TraceAddress, TraceAnswer } from './trace';

export interface RequestSpec<P, R> {
  readonly method: string;
  /** Phantom: parameter and result types. */
  readonly types?: { params: P; result: R };
}

const request = <P, R>(method: string): RequestSpec<P, R> => ({ method });

/** Traceables of a document, in order. */
export const listRequest = request<{ uri: string }, TraceableView[]>('wengert/list');
/** What can be traced in a document as a tree, with the layers of networks whose values the document gives. */
export const outlineRequest = request<{ uri: string }, readonly OutlineItem[]>('wengert/outline');
/** The layers of a traceable, whatever it takes to find a point for it. */
export const layersRequest = request<{ uri: string; traceable: string }, readonly OutlineItem[]>('wengert/layers');
/** Records a trace and leases it to the caller. */
export const openTraceRequest = request<TraceAddress, TraceAnswer>('wengert/openTrace');
/** A page of rows of a leased trace: `from` is a position, 0 for v₁. `null`: the lease is lost, open it again by its address. */
export const rowsRequest = request<{ lease: string; from: number; count: number }, StepView[] | null>('wengert/rows');
/** Row at a place in the source, or of a selected piece of it up to `end`, for following the cursor. */
export const locateRequest = request<{ lease: string; position: Position; end?: Position | undefined }, number | null>(
  'wengert/locate',
);
/** Derivatives over the elements of an input of a leased trace. `null`: the lease is lost. */
export const matrixRequest = request<
  { lease: string; row: number; kind: (typeof MATRIX_KINDS)[number] },
  MatrixView | null
>('wengert/matrix');
/**
 * An array of a leased trace with all of its elements, as far as a message can hold them. `null`: the lease is lost, or
 * there is no array.
 */
export const arrayRequest = request<{ lease: string; row: number; family: Family }, TensorView | null>('wengert/array');
export const closeTraceRequest = request<{ lease: string }, null>('wengert/closeTrace');
/** A leased trace as a network. `null`: the lease is lost, or the trace is no network. */
export const networkRequest = request<{ lease: string }, NetworkView | null>('wengert/network');
/** The training loop of what an address means, over its turns; `set` gives other values, such as a learning rate. */
export const trainingRequest = request<TraceAddress, TrainingAnswer>('wengert/training');
/** What can be checked in a document, in order. The document need not be open. */
export const listChecksRequest = request<{ uri: string }, CheckItem[]>('wengert/listChecks');
/** Checks: of one item, of what is at a position, or of a whole document. The document need not be open. */
export const checkRequest = request<CheckParameters, CheckView[]>('wengert/check');
export interface CheckParameters {
  readonly uri: string;
  readonly item?: Pick<CheckItem, 'kind' | 'id'>;
  readonly position?: Position;
  readonly set?: Record<string, unknown>;
  /** Differences by every element, however many there are: that may take minutes, and ends with the request. */
  readonly full?: boolean;
  /** Under this name the server sends {@link CheckProgress} as it goes on. */
  readonly progressToken?: string;
}
/** How many directions of all are done, of the check that is under way. */
export interface CheckProgress {
  readonly done: number;
  readonly all: number;
}
/** The equations of an open document, counted; all zero where there are none. */
export const claimCountsRequest = request<{ uri: string }, ClaimCounts>('wengert/claimCounts');
/** Server → editor: what is known of a document has changed; views of it should ask again. */
export const changedNotification = request<{ uri: string; version: number }, void>('wengert/changed');
