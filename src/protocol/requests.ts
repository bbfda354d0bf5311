/** Every custom request between editor and language server, typed in one place. */
import type { CheckView } from './check';
import type { Position, StepView, TraceableView, TraceAddress, TraceAnswer } from './trace';

export interface RequestSpec<P, R> {
  readonly method: string;
  /** Phantom: parameter and result types. */
  readonly types?: { params: P; result: R };
}

const request = <P, R>(method: string): RequestSpec<P, R> => ({ method });

/** Traceables of a document, in order. */
export const listRequest = request<{ uri: string }, TraceableView[]>('wengert/list');
/** Records a trace and leases it to the caller. */
export const openTraceRequest = request<TraceAddress, TraceAnswer>('wengert/openTrace');
/** A page of rows of a leased trace: `from` is a position, 0 for v₁. `null`: the lease is lost, open it again by its address. */
export const rowsRequest = request<{ lease: string; from: number; count: number }, StepView[] | null>('wengert/rows');
/** Row at a place in the source, for following the cursor. */
export const locateRequest = request<{ lease: string; position: Position }, number | null>('wengert/locate');
export const closeTraceRequest = request<{ lease: string }, null>('wengert/closeTrace');
/** Gradient checks and claims: of the traceable at a position, or of a whole document. */
export const checkRequest = request<{ uri: string; position?: Position; set?: Record<string, unknown> }, CheckView[]>(
  'wengert/check',
);
/** Server → editor: what is known of a document has changed; views of it should ask again. */
export const changedNotification = request<{ uri: string; version: number }, void>('wengert/changed');
