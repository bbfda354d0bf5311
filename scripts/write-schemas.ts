/** Writes the JSON schemas of what the command line prints. They are committed: a diff shows a change of contract. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { toJsonSchema } from '@valibot/to-json-schema';
import { CheckOutput, ListOutput, NetworkOutput, TraceOutput, TrainingOutput } from '../src/protocol';

export const SCHEMAS = {
  list: ListOutput,
  trace: TraceOutput,
  network: NetworkOutput,
  training: TrainingOutput,
  check: CheckOutput,
} as const;

/** The command that prints it: views of a trace are chosen by an option. */
const COMMANDS = { network: 'trace --view network', training: 'trace --view training' } as const;

export function schemaText(name: keyof typeof SCHEMAS): string {
  const command = name in COMMANDS ? COMMANDS[name as keyof typeof COMMANDS] : name;
  const schema = { title: `wengert ${command} --json`, ...toJsonSchema(SCHEMAS[name], { errorMode: 'ignore' }) };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

if (process.argv[1] === __filename) {
  const folder = path.join(__dirname, '..', 'schema');
  mkdirSync(folder, { recursive: true });
  for (const name of Object.keys(SCHEMAS) as (keyof typeof SCHEMAS)[]) {
    writeFileSync(path.join(folder, `${name}.json`), schemaText(name));
  }
}
