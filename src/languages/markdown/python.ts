/** Does a block of code without a language look like Python? */

const STATEMENT =
  /^\s*(?:import\s+\w|from\s+[\w.]+\s+import\s|def\s+\w+\s*\(|class\s+\w+.*:|@\w|return\b|(?:for|while|if|elif|with|try|except|else|finally)\b.*:|print\s*\(|pass\s*$|break\s*$|continue\s*$|raise\b|assert\b|global\b|del\b|"""|''')/;
const ASSIGNMENT = /^\s*[A-Za-z_][\w.[\]'", ]*\s*(?:[-+*/%@]|\*\*|\/\/)?=(?!=)\s*\S/;
const CALL = /^\s*[A-Za-z_][\w.[\]]*\(.*\)?,?\s*$/;
const CONTINUATION = /^\s*(?:[-+*/@)\]},]|and\b|or\b|\w+\s*=.*,\s*$|.*[,(\\[]\s*$)/;
/** Signs of another language. */
const FOREIGN =
  /^\s*(?:graph\s+(?:TD|LR|TB)|#include|function\s+\w+|const\s|let\s|var\s|public\s|\$\s|>>>)|\{\s*$|->\s*\w+;|<\/?\w+>/;

/** True where at least two thirds of the lines can be Python and one certainly is a statement. */
export function looksLikePython(code: string): boolean {
  let statements = 0;
  let plausible = 0;
  let lines = 0;
  for (const line of code.split('\n')) {
    const text = line.replace(/#.*$/, '');
    if (text.trim() === '') {
      // A comment alone neither speaks for nor against it.
      continue;
    }
    lines++;
    if (text.trimEnd().endsWith(';') || FOREIGN.test(text)) continue;
    if (STATEMENT.test(text) || ASSIGNMENT.test(text)) {
      statements++;
      plausible++;
    } else if (CALL.test(text) || CONTINUATION.test(text)) plausible++;
  }
  return statements > 0 && plausible >= (2 / 3) * lines;
}
