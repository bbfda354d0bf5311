/** The tree in the side bar: what can be traced in the document in front, the layers of its networks below them. */
import {
  commands,
  Disposable,
  EventEmitter,
  type ProviderResult,
  ThemeIcon,
  type TextDocument,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
  window,
  workspace,
} from 'vscode';
import { layersRequest, type OutlineItem, outlineRequest, type Range, type TraceAddress } from '../../src/protocol';
import { toRange } from '../convert';
import type { Languages } from '../languages';
import { NoAnswer, type Server } from '../server';
import { documentOf } from '../viewer/source';
import type { TracePanels } from '../viewer/tracePanels';

/** The manifest declares the view. */
const VIEW_ID = 'wengert.traceables';
/** What a click does; the items pass themselves. */
const OPEN = 'wengert.openTraceable';

/** Pause in the typing before the tree is made anew, in milliseconds. */
const DELAY = 300;

const ICONS: Readonly<Record<OutlineItem['kind'], string>> = {
  expression: 'symbol-operator',
  function: 'symbol-function',
  script: 'symbol-variable',
  formula: 'symbol-variable',
  network: 'type-hierarchy-sub',
  layer: 'layers',
};

export interface TreeNode {
  readonly uri: string;
  readonly item: OutlineItem;
  readonly parent?: TreeNode;
}

export class TraceablesTree implements TreeDataProvider<TreeNode>, Disposable {
  readonly #server: Server;
  readonly #languages: Languages;
  readonly #changed = new EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #view;
  readonly #owned: Disposable;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Of the document in front, or of the last one of ours that was. */
  #uri: Uri | undefined;

  constructor(server: Server, languages: Languages, panels: TracePanels) {
    this.#server = server;
    this.#languages = languages;
    this.#uri = this.#inFront();
    this.#view = window.createTreeView(VIEW_ID, { treeDataProvider: this, showCollapseAll: true });
    this.#owned = Disposable.from(
      this.#changed,
      this.#view,
      window.onDidChangeActiveTextEditor((editor) => {
        const next = this.#inFront();
        if (!editor || !next || next.toString() === this.#uri?.toString()) return;
        this.#uri = next;
        this.#changed.fire();
      }),
      workspace.onDidCloseTextDocument(({ uri }) => {
        if (uri.toString() !== this.#uri?.toString()) return;
        this.#uri = undefined;
        this.#changed.fire();
      }),
      server.onDidChange(({ uri }) => uri === this.#uri?.toString() && this.#soon()),
      server.onDidChangeState((state) => state === 'running' && this.#soon()),
      commands.registerCommand(OPEN, (node: TreeNode) => open(panels, node)),
    );
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (!node) return this.#topLevel();
    const { uri, item } = node;
    if (item.children.length > 0) return item.children.map((child) => ({ uri, item: child, parent: node }));
    const layers = await this.#ask(() => this.#server.request(layersRequest, { uri, traceable: item.traceable }));
    return (layers ?? []).map((layer) => ({ uri, item: layer, parent: node }));
  }

  getTreeItem(node: TreeNode): TreeItem {
    const { uri, item } = node;
    const { name, detail, kind, children } = item;
    // Of a network whose values the document does not give the layers are looked for when they are asked for.
    const opens = children.length > 0 || kind === 'network';
    const shown = new TreeItem(name, opens ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None);
    const line = placeOf(item).start.line + 1;
    shown.id = [uri, item.traceable, item.layer].filter((part) => part !== undefined).join(' ');
    shown.description = detail === kind ? '' : detail;
    shown.tooltip = `${name}: ${detail}, line ${line}`;
    shown.iconPath = new ThemeIcon(ICONS[kind]);
    shown.contextValue = kind;
    shown.accessibilityInformation = {
      label: `${kind} ${name}${detail === kind ? '' : `, ${detail}`}, line ${line}`,
    };
    shown.command = { command: OPEN, title: 'Open Trace', arguments: [node] };
    return shown;
  }

  getParent({ parent }: TreeNode): ProviderResult<TreeNode> {
    return parent;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#owned.dispose();
  }

  async #topLevel(): Promise<TreeNode[]> {
    const uri = this.#uri?.toString();
    if (uri === undefined) return this.#show(undefined, []);
    const items = await this.#ask(() => this.#server.request(outlineRequest, { uri }));
    return this.#show(
      uri,
      (items ?? []).map((item) => ({ uri, item })),
    );
  }

  #show(uri: string | undefined, roots: TreeNode[]): TreeNode[] {
    const file = uri === undefined ? undefined : Uri.parse(uri).path.split('/').at(-1);
    this.#view.description = file ?? '';
    // Without a document of ours the welcome text of the manifest stands there.
    this.#view.message = file === undefined || roots.length > 0 ? '' : `Nothing in ${file} can be differentiated.`;
    return roots;
  }

  async #ask<T>(question: () => Promise<T>): Promise<T | undefined> {
    try {
      return await question();
    } catch (error) {
      if (error instanceof NoAnswer) return undefined;
      throw error;
    }
  }

  #soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#changed.fire(), DELAY);
  }

  #inFront(): Uri | undefined {
    const document: TextDocument | undefined =
      this.#languages.activeEditor()?.document ??
      window.visibleTextEditors.find((editor) => this.#languages.includes(editor.document))?.document;
    return document?.uri ?? this.#uri;
  }
}

/** The trace, or the network where it is one, with the source of what was clicked in view. */
async function open(panels: TracePanels, { uri, item }: TreeNode): Promise<void> {
  const place = placeOf(item);
  const address: TraceAddress = { uri, traceable: item.traceable };
  const isNetwork = item.kind === 'network' || item.layer !== undefined;
  await panels.openAt(
    address,
    { uri: Uri.parse(documentOf(uri, place.cell), true), range: toRange(place) },
    isNetwork ? { view: 'network', ...(item.layer === undefined ? {} : { layer: item.layer }) } : undefined,
  );
}

function placeOf({ place, selection }: OutlineItem): Range {
  return place ?? selection;
}
