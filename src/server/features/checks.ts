/** Gradient checks and claims, asked for by a command. */
import { ResponseError, LSPErrorCodes } from 'vscode-languageserver';
import * as v from 'valibot';
import { CheckItem, checkRequest, listChecksRequest, Position } from '../../protocol';
import type { ServerContext, ServerFeature } from '../context';
import { onRequest } from '../requests';

const Uri = v.object({ uri: v.string() });

const CheckParameters = v.object({
  uri: v.string(),
  item: v.exactOptional(v.pick(CheckItem, ['kind', 'id'])),
  position: v.exactOptional(Position),
  set: v.exactOptional(v.record(v.string(), v.unknown())),
});

export const checksFeature: ServerFeature = {
  register(context: ServerContext): void {
    const { host, guard, borrowed } = context;
    onRequest(context, listChecksRequest, Uri, ({ uri }, token) =>
      guard(
        'listChecks',
        [],
        () => borrowed.with(uri, [], () => host.call('listChecks', [uri], { uri, token, urgency: 'background' })),
        () => [],
      ),
    );
    onRequest(context, checkRequest, CheckParameters, ({ uri, ...which }, token) =>
      guard(
        'check',
        [],
        () => borrowed.with(uri, [], () => host.call('check', [uri, which], { uri, token, urgency: 'background' })),
        (message) => {
          throw new ResponseError(LSPErrorCodes.RequestFailed, message);
        },
      ),
    );
  },
};
