import { createLanguageService } from '../service';
import type { LanguageService, SourceDocument } from '../service/languageService';
import { type Options, UsageError } from './arguments';
import { readDocument, rootOf, workspaceReader } from './files';

/** Options that every command on files takes. */
export const COMMON: Options = {
  root: {
    type: 'string',
    value: 'DIR',
    help: 'workspace folder; imports and data files are read inside it only',
  },
  language: {
    type: 'string',
    value: 'ID',
    help: 'language of the files, whatever their extension',
  },
  json: { type: 'boolean', help: 'print JSON' },
};

/**
 * Visits files in order. What fails in the middle of one is told, and keeps nobody from the others.
 * @param say writes to standard error
 * @returns whether all went well
 * @throws UsageError as a visit throws it: then something is wrong with the command
 */
export async function forEachFile(
  files: readonly string[],
  visit: (file: string, index: number) => Promise<void>,
  say: (text: string) => void = (text) => process.stderr.write(text),
): Promise<boolean> {
  let isDone = true;
  for (const [i, file] of files.entries()) {
    try {
      await visit(file, i);
    } catch (error) {
      if (error instanceof UsageError) throw error;
      say(`wengert: ${file}: ${error instanceof Error ? error.message : String(error)}\n`);
      isDone = false;
    }
  }
  return isDone;
}

/** A service that holds one file. */
export async function openFile(
  file: string,
  root: string | undefined,
  language: string | undefined,
): Promise<{ service: LanguageService; document: SourceDocument }> {
  const document = readDocument(file, language);
  const service = createLanguageService(workspaceReader(file, rootOf(file, root)));
  await service.update(document);
  return { service, document };
}

export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2));
}
