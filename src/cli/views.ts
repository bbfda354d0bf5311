/** Other views of a trace than its steps. */
import { NETWORK_FORMATS } from '../export/network';
import { TRAINING_FORMATS } from '../export/training';
import type { NetworkOutput, TraceAddress, TrainingOutput } from '../protocol';
import type { LanguageService } from '../service';
import { UsageError } from './arguments';
import { print, printJson } from './common';

/** By name: what it shows. */
export const VIEWS = {
  trace: 'steps, with their values, tangents and adjoints',
  network: 'layers, with their gradients, and findings',
  training: 'the turns of a training loop',
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
  view: 'network' | 'training',
  service: LanguageService,
  address: TraceAddress,
  file: string,
  format: string | undefined,
): Promise<void> {
  const formats: Readonly<Record<string, unknown>> = view === 'network' ? NETWORK_FORMATS : TRAINING_FORMATS;
  if (format !== undefined && !Object.hasOwn(formats, format))
    throw new UsageError(`unknown format "${format}": there are ${Object.keys(formats).join(', ')}`);
  const output = view === 'network' ? await networks(service, address, file) : await trainings(service, address, file);
  if (format === undefined) printJson(output);
  else print((formats[format] as (output: NetworkOutput | TrainingOutput) => string)(output));
}

async function networks(service: LanguageService, address: TraceAddress, file: string): Promise<NetworkOutput> {
  const output = { file, networks: await service.exportNetworks(address) };
  if (address.traceable !== undefined && output.networks.length === 0)
    throw new UsageError(`${file}: nothing to trace is named ${address.traceable}`);
  return output;
}

/** One loop a document, whatever is named in it. */
async function trainings(service: LanguageService, address: TraceAddress, file: string): Promise<TrainingOutput> {
  const answer = await service.training(address);
  switch (answer.state) {
    case 'data':
      return {
        file,
        trainings: [{ id: answer.training.traceable ?? answer.training.name, training: answer.training }],
      };
    case 'unknown':
      return { file, trainings: [{ id: file, unknown: answer.unknown }] };
    case 'none':
      return { file, trainings: [] };
  }
}
