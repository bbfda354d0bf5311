/** Languages of files that are read without an editor to say what they are: by the command line, and by checks of a whole folder. */

/** VS Code's language identifiers by file extension, in lower case. */
export const LANGUAGE_BY_EXTENSION: Readonly<Record<string, string>> = {
  py: 'python',
  md: 'markdown',
  markdown: 'markdown',
  qmd: 'quarto',
  rmd: 'rmd',
  tex: 'latex',
  ipynb: 'notebook',
};

/** Folders that hold what others have written, or what a tool has made. Folders whose name begins with a dot are such, too. */
export const SKIPPED_FOLDERS: readonly string[] = ['node_modules', '__pycache__', 'venv', 'dist', 'build'];

/** The language of a file by the end of its path or URI. */
export function languageOfPath(path: string): string | undefined {
  const extension = /\.([^./\\]+)$/.exec(path)?.[1];
  const language = extension?.toLowerCase() ?? '';
  return Object.hasOwn(LANGUAGE_BY_EXTENSION, language) ? LANGUAGE_BY_EXTENSION[language] : undefined;
}
