import { commandOf, COMMANDS } from './commands';

/** Help of one command, or of all. */
export function help(name?: string): string {
  const command = name === undefined ? undefined : commandOf(name);
  if (!command) {
    const width = Math.max(...Object.keys(COMMANDS).map((n) => n.length));
    const lines = Object.entries(COMMANDS).map(([n, c]) => `  ${n.padEnd(width)}  ${c.summary}`);
    return `Usage: wengert COMMAND …\n\n${lines.join('\n')}\n\n\`wengert COMMAND --help\` tells its options.\n`;
  }
  const options = Object.entries(command.options).map(([n, o]) => {
    const flag = `--${n}${o.value === undefined ? '' : ` ${o.value}`}`;
    return `  ${flag.padEnd(24)} ${o.help}`;
  });
  return `Usage: wengert ${name} ${command.usage}\n\n${command.summary}\n${options.length ? `\n${options.join('\n')}\n` : ''}`;
}
