/** Other views of a trace than its steps. */
import { NETWORK_FORMATS } from '../export/network';
import type { TraceAddress } from '../protocol';
import type { LanguageService } from '../service';
import { UsageError } from './arguments';
import { print, printJson } from './common';

/** By name: what it shows. */
export const VIEWS = {
  trace: 'steps, with their values, tangents and adjoints',
  network: 'layers, with their gradients, and findings',
} as const;

export function isView(name: string): name is keyof typeof VIEWS {
  return Object.hasOwn(VIEWS, name);
}

/**
 * Prints a view.
 * @param format absent for JSON
 * @throws UsageError for a format that the view is not printed in, and where nothing has the name that was asked for
 */
export async function printView(
  _view: 'network',
  service: LanguageService,
  address: TraceAddress,
  file: string,
  format: string | undefined,
): Promise<void> {
  if (format !== undefined && !Object.hasOwn(NETWORK_FORMATS, format))
    throw new UsageError(`unknown format "${format}": there are ${Object.keys(NETWORK_FORMATS).join(', ')}`);
  const output = { file, networks: await service.exportNetworks(address) };
  if (address.traceable !== undefined && output.networks.length === 0)
    throw new UsageError(`${file}: nothing to trace is named ${address.traceable}`);
  if (format === undefined) printJson(output);
  else print(NETWORK_FORMATS[format as keyof typeof NETWORK_FORMATS](output));
}
