/** The equations of a document, counted for the status of the editor. */
import * as v from 'valibot';
import { claimCountsRequest } from '../../protocol';
import type { ServerContext, ServerFeature } from '../context';
import { onRequest } from '../requests';

const Uri = v.object({ uri: v.string() });
const NONE = { total: 0, proved: 0, agree: 0, false: 0, undecided: 0, reasons: {} };

export const claimsFeature: ServerFeature = {
  register(context: ServerContext): void {
    const { host, guard } = context;
    onRequest(context, claimCountsRequest, Uri, ({ uri }, token) =>
      guard(
        'claimCounts',
        NONE,
        () => host.call('claimCounts', [uri], { uri, token, urgency: 'background' }),
        () => NONE,
      ),
    );
  },
};
