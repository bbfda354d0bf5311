/** Custom requests with their parameters checked: they come from another process. */
import { ErrorCodes, ResponseError } from 'vscode-languageserver';
import * as v from 'valibot';
import type { RequestSpec } from '../protocol';
import type { CancellationToken, ServerContext } from './context';

export function onRequest<P, R, S extends v.GenericSchema<unknown, P>>(
  { connection }: ServerContext,
  spec: RequestSpec<P, R>,
  schema: S,
  answer: (params: P, token: CancellationToken) => Promise<R>,
): void {
  connection.onRequest(spec.method, (params: unknown, token: CancellationToken) => {
    const parsed = v.safeParse(schema, params);
    if (parsed.success) return answer(parsed.output, token);
    throw new ResponseError(ErrorCodes.InvalidParams, `${spec.method}: ${v.summarize(parsed.issues)}`);
  });
}
