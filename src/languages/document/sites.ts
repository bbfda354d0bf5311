/** Sites of a formula's trace: its own nodes first, then those of the definitions that it leads to. */
import type { Site, Span } from '../../model';
import { type Node, walk } from '../latex/tree';
import { spanIn, type Statement } from './statements';

/** Room for the nodes of one statement; a formula has at most a few thousand symbols. */
const BLOCK = 1 << 14;

const orders = new WeakMap<Node, ReadonlyMap<Node, number>>();

/** Ordinals of the nodes below a node, parents first. */
function order(root: Node): ReadonlyMap<Node, number> {
  let known = orders.get(root);
  if (!known) {
    const made = new Map<Node, number>();
    walk(root, (n) => void made.set(n, made.size));
    orders.set(root, (known = made));
  }
  return known;
}

/** The site of a node in the trace of its own statement. */
export function ownSite(statement: Statement, node: Node): Site | undefined {
  return order(statement.node).get(node);
}

export class Sites {
  private readonly blocks: Statement[];
  private readonly nodes = new Map<Site, { readonly statement: Statement; readonly node: Node }>();

  constructor(own: Statement) {
    this.blocks = [own];
  }

  of(statement: Statement, node: Node): Site {
    let block = this.blocks.indexOf(statement);
    if (block < 0) block = this.blocks.push(statement) - 1;
    const site = block * BLOCK + (ownSite(statement, node) ?? 0);
    this.nodes.set(site, { statement, node });
    return site;
  }

  spans(site: Site): readonly Span[] {
    const place = this.nodes.get(site);
    return place ? [spanIn(place.statement, place.node)] : [];
  }
}
