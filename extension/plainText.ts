/** Text of documents in messages of VS Code. */

/** VS Code makes links, also of commands, of `[title](address)` in its notifications; names and messages of a document get none. */
export function withoutLinks(text: string): string {
  return text.replace(/\](?=\()/g, '] ');
}
