/** Gradient checks and claims, asked for by a command. */
import { LSPErrorCodes, ProgressType, ResponseError } from 'vscode-languageserver';
import * as v from 'valibot';
import { CheckItem, type CheckProgress, checkRequest, listChecksRequest, Position } from '../../protocol';
import type { ServerContext, ServerFeature } from '../context';
import { onRequest } from '../requests';

const Uri = v.object({ uri: v.string() });

const CheckParameters = v.object({
  uri: v.string(),
  item: v.exactOptional(v.pick(CheckItem, ['kind', 'id'])),
  position: v.exactOptional(Position),
  set: v.exactOptional(v.record(v.string(), v.unknown())),
  full: v.exactOptional(v.boolean()),
  progressToken: v.exactOptional(v.string()),
});

const PROGRESS = new ProgressType<CheckProgress>();

export const checksFeature: ServerFeature = {
  register(context: ServerContext): void {
    const { connection, checkHost, fullCheckHost, host, documents, guard, checked } = context;
    onRequest(context, listChecksRequest, Uri, ({ uri }, token) =>
      guard(
        'listChecks',
        [],
        () =>
          documents.get(uri)
            ? host.call('listChecks', [uri], { uri, token, urgency: 'background' })
            : checkHost.list(uri, token),
        () => [],
      ),
    );
    onRequest(context, checkRequest, CheckParameters, ({ uri, progressToken, ...which }, token) =>
      guard(
        'check',
        [],
        async () => {
          const report = (done: number, all: number) => {
            if (progressToken !== undefined) void connection.sendProgress(PROGRESS, progressToken, { done, all });
          };
          const views = which.full
            ? await fullCheckHost.check(uri, which, token, report)
            : await checkHost.check(uri, which, token);
          // At other values than the document's nothing is said of the document.
          if (!which.set) checked(uri, views);
          return views;
        },
        (message) => {
          throw new ResponseError(LSPErrorCodes.RequestFailed, message);
        },
      ),
    );
  },
};
