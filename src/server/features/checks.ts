/** Gradient checks and claims, asked for by a command. */
import { ResponseError, LSPErrorCodes } from 'vscode-languageserver';
import * as v from 'valibot';
import { checkRequest, Position } from '../../protocol';
import type { ServerContext, ServerFeature } from '../context';
import { onRequest } from '../requests';

const CheckParameters = v.object({
  uri: v.string(),
  position: v.exactOptional(Position),
  set: v.exactOptional(v.record(v.string(), v.unknown())),
});

export const checksFeature: ServerFeature = {
  register(context: ServerContext): void {
    const { host, guard } = context;
    onRequest(context, checkRequest, CheckParameters, ({ uri, position, set }, token) =>
      guard(
        'check',
        [],
        () => host.call('check', [uri, position, set], { uri, token, urgency: 'background' }),
        (message) => {
          throw new ResponseError(LSPErrorCodes.RequestFailed, message);
        },
      ),
    );
  },
};
