/** Hovers: values and derivatives at a place in the text. */
import { type Hover, MarkupKind, type Position } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { HoverAnswer } from '../../service/languageService';
import type { ServerContext, ServerFeature } from '../context';
import { RecentHovers } from '../recentHovers';

/** How long a hover on a text that is still being evaluated waits before it shows the last answer, in milliseconds. */
export const STALE_PATIENCE = 150;

const STALE_MARK = '*The newest text is still being evaluated; these are the numbers from before.*';

export const hoverFeature: ServerFeature = {
  capabilities: () => ({ hoverProvider: true }),

  register({ connection, documents, host, guard, onClosed }: ServerContext): void {
    const recent = new Map<string, RecentHovers>();
    onClosed((uri) => recent.delete(uri));

    connection.onHover(({ textDocument: { uri }, position }, token) =>
      guard<Hover | null>(
        'hover',
        null,
        async () => {
          const document = documents.get(uri);
          if (!document) return null;
          const known = recentOf(uri);
          const version = document.version;
          const asked = host.call('hover', [uri, position], { uri, token }).then((answer) => {
            if (answer && documents.get(uri)?.version === version) {
              known.remember(lineText(document, answer.range.start.line), answer);
            }
            return answer;
          });
          if (host.isSynchronised(uri)) return toHover(await asked);

          const earlier = known.find(lineText(document, position.line), position.line, position.character);
          if (!earlier) return toHover(await asked);
          const late = 'late';
          const first = await Promise.race([asked, after(STALE_PATIENCE, late)]);
          if (first !== late) return toHover(first as HoverAnswer | undefined);
          asked.catch(() => undefined); // Its end is of no interest any more.
          return toHover({ ...earlier, markdown: `${earlier.markdown}\n\n${STALE_MARK}` });
        },
        (message) => toHover({ markdown: `*${message}.*`, range: { start: position, end: position } }),
      ),
    );

    function recentOf(uri: string): RecentHovers {
      let known = recent.get(uri);
      if (!known) recent.set(uri, (known = new RecentHovers()));
      return known;
    }
  },
};

function toHover(answer: HoverAnswer | undefined): Hover | null {
  return answer ? { contents: { kind: MarkupKind.Markdown, value: answer.markdown }, range: answer.range } : null;
}

function lineText(document: TextDocument, line: Position['line']): string {
  return document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } }).trimEnd();
}

function after<T>(milliseconds: number, value: T): Promise<T> {
  return new Promise((resolve) => setTimeout(() => resolve(value), milliseconds));
}
