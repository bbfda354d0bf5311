/** `wengert list | trace | check | lsp`. */
import { commandOf, COMMANDS } from './commands';
import { UsageError } from './arguments';
import { help } from './help';
import manifest from '../../package.json';

/** Exit codes: 0 fine, 1 a fail or an error verdict, 2 could not run. */
async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(help(rest[0]));
    return name === undefined ? 2 : 0;
  }
  if (name === '--version' || name === '-v') {
    process.stdout.write(`${manifest.version}\n`);
    return 0;
  }
  const command = commandOf(name);
  if (!command) throw new UsageError(`unknown command "${name}": there are ${Object.keys(COMMANDS).join(', ')}`);
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(help(name));
    return 0;
  }
  return command.run(rest);
}

// A reader such as `head` may close the pipe early: that is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2));

main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`wengert: ${message}\n`);
    if (!(error instanceof UsageError) && process.env['WENGERT_DEBUG']) console.error(error);
    process.exitCode = 2;
  },
);
