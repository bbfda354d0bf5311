/** Where a viewer is shown: beside the code in the editor area, or as a view in the side bar. */
import { type Event, type Webview, type WebviewPanel, type WebviewView } from 'vscode';

export interface Surface {
  readonly webview: Webview;
  readonly onDidDispose: Event<void>;
  readonly visible: boolean;
  title(text: string): void;
  reveal(): void;
  dispose(): void;
}

export function panelSurface(panel: WebviewPanel): Surface {
  return {
    webview: panel.webview,
    onDidDispose: panel.onDidDispose,
    get visible() {
      return panel.visible;
    },
    title: (text) => (panel.title = `Trace: ${text}`),
    reveal: () => panel.reveal(undefined, true),
    dispose: () => panel.dispose(),
  };
}

/** The side bar owns its views: they are hidden, not closed. */
export function viewSurface(view: WebviewView): Surface {
  return {
    webview: view.webview,
    onDidDispose: view.onDidDispose,
    get visible() {
      return view.visible;
    },
    title: (text) => (view.description = text),
    reveal: () => view.show(true),
    dispose: () => undefined,
  };
}
