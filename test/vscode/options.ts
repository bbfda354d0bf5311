/** The `--grep TEXT` of the command line, in the form that the suites read. */
export function grepOf(args: readonly string[] = process.argv): { WENGERT_GREP?: string } {
  const at = args.findIndex((arg) => arg === '--grep' || arg === '-g');
  const text = at < 0 ? undefined : args[at + 1];
  return text === undefined ? {} : { WENGERT_GREP: text };
}
