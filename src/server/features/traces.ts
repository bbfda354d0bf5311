/** Traces for the viewer: the custom requests that open, page, locate and close them. */
import * as v from 'valibot';
import {
  arrayRequest,
  closeTraceRequest,
  FAMILIES,
  listRequest,
  locateRequest,
  MATRIX_KINDS,
  matrixRequest,
  openTraceRequest,
  Position,
  type Range,
  rowsRequest,
  TraceAddress,
  type TraceAnswer,
} from '../../protocol';
import type { ServerContext, ServerFeature } from '../context';
import { onRequest } from '../requests';

const Uri = v.object({ uri: v.string() });
const Lease = v.object({ lease: v.string() });
const Page = v.object({ lease: v.string(), from: v.number(), count: v.number() });
const Matrix = v.object({ lease: v.string(), row: v.number(), kind: v.picklist(MATRIX_KINDS) });
const Elements = v.object({ lease: v.string(), row: v.number(), family: v.picklist(FAMILIES) });
const Place = v.object({ lease: v.string(), position: Position, end: v.optional(Position) });

export const tracesFeature: ServerFeature = {
  register(context: ServerContext): void {
    const { host, guard } = context;

    onRequest(context, listRequest, Uri, ({ uri }, token) =>
      guard('list', [], () => host.call('list', [uri], { uri, token })),
    );

    onRequest(context, openTraceRequest, TraceAddress, (address, token) =>
      guard<TraceAnswer>(
        'openTrace',
        noTrace(address, 'internal', 'Something went wrong inside Wengert; its log says what'),
        () => host.call('openTrace', [address], { uri: address.uri, token }),
        (reason) => noTrace(address, 'ended', reason),
      ),
    );

    // A lease does not outlive its worker: `null` says that the trace must be opened again.
    onRequest(context, rowsRequest, Page, ({ lease, from, count }, token) =>
      guard(
        'rows',
        null,
        () => host.call('rows', [lease, from, count], { token }),
        () => null,
      ),
    );
    onRequest(context, locateRequest, Place, ({ lease, position, end }, token) =>
      guard(
        'locate',
        null,
        () => host.call('locate', [lease, position, end], { token }),
        () => null,
      ),
    );
    onRequest(context, matrixRequest, Matrix, ({ lease, row, kind }, token) =>
      guard(
        'matrix',
        null,
        () => host.call('matrix', [lease, row, kind], { token }),
        () => null,
      ),
    );
    onRequest(context, arrayRequest, Elements, ({ lease, row, family }, token) =>
      guard(
        'array',
        null,
        () => host.call('array', [lease, row, family], { token }),
        () => null,
      ),
    );
    onRequest(context, closeTraceRequest, Lease, ({ lease }) =>
      guard('closeTrace', null, async () => {
        await host.call('closeTrace', [lease], { urgency: 'background' });
        return null;
      }),
    );
  },
};

function noTrace(address: TraceAddress, code: string, reason: string): TraceAnswer {
  const at = address.position ?? { line: 0, character: 0 };
  const range: Range = { start: at, end: at };
  return { state: 'unknown', unknown: { code, reason, range } };
}
