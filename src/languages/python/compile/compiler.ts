/** What compiling one function, class body or module shares: where its names live, and the numbers of its sites. */
import type { NamePath, Site } from '../../../model';
import type { Expr, Module } from '../ast';
import type { Scope, ScopeTable } from './scopes';
import { type FunctionCode, type Unit, UnitTable } from './code';

/** Where a name lives while the code runs. */
export type Location =
  | { readonly kind: 'slot'; readonly index: number }
  | { readonly kind: 'cell'; readonly index: number }
  | { readonly kind: 'global'; readonly index: number; readonly name: string }
  /** A name of a class body; what it does not define is looked up outside. */
  | { readonly kind: 'class'; readonly name: string; readonly outside: Location };

/** Slots and cells of one frame, shared by a function and the comprehensions inside it. */
export class FrameLayout {
  slotCount = 0;
  ownCells = 0;
  private readonly cells = new Map<Scope, Map<string, number>>();

  /** @param scope the function, class body or module whose frame it is: all its cells are counted at once */
  constructor(scope: Scope) {
    this.reserve(scope);
  }

  private reserve(scope: Scope): void {
    const cells = new Map<string, number>();
    for (const name of scope.captured) cells.set(name, this.ownCells++);
    this.cells.set(scope, cells);
    for (const child of scope.children) if (child.kind === 'comprehension') this.reserve(child);
  }

  /** The cell of a captured name. */
  cell(scope: Scope, name: string): number {
    return this.cells.get(scope)?.get(name) as number;
  }
}

/** The names of one scope. */
export class Variables {
  private readonly slots = new Map<string, number>();

  constructor(
    readonly scope: Scope,
    readonly program: Program,
    readonly layout: FrameLayout,
    /** Free names in the order of the closure. */
    private readonly free: readonly string[],
    /** Of a comprehension: the scope around it, in the same frame. */
    readonly around?: Variables,
  ) {}

  slot(name: string): number {
    let i = this.slots.get(name);
    if (i === undefined) this.slots.set(name, (i = this.layout.slotCount++));
    return i;
  }

  cell(name: string): number {
    return this.layout.cell(this.scope, name);
  }

  lookup(name: string): Location {
    const { scope } = this;
    if (this.around) {
      if (scope.bound.has(name)) {
        return scope.captured.has(name)
          ? { kind: 'cell', index: this.cell(name) }
          : { kind: 'slot', index: this.slot(name) };
      }
      return this.around.seenFromInside(name);
    }
    const reference = scope.resolve(name);
    switch (reference.kind) {
      case 'local':
        return { kind: 'slot', index: this.slot(name) };
      case 'cell':
        return { kind: 'cell', index: this.cell(name) };
      case 'free':
        return this.freeCell(name);
      case 'class':
        return {
          kind: 'class',
          name,
          outside: scope.free.has(name) ? this.freeCell(name) : this.global(name),
        };
      default:
        return this.global(name);
    }
  }

  /** From a comprehension: the names of a class body are not visible. */
  private seenFromInside(name: string): Location {
    if (this.scope.kind !== 'class') return this.lookup(name);
    return this.scope.free.has(name) ? this.freeCell(name) : this.global(name);
  }

  private freeCell(name: string): Location {
    return { kind: 'cell', index: this.layout.ownCells + this.free.indexOf(name) };
  }

  private global(name: string): Location {
    return { kind: 'global', index: this.program.globalIndex(name), name };
  }
}

/** One module being compiled; functions are compiled when they are first called. */
export class Program {
  readonly names = new Map<string, number>();
  readonly units = new UnitTable();
  /** Every function whose definition was compiled. */
  readonly codes: FunctionCode[] = [];

  constructor(
    readonly tree: Module,
    readonly scopes: ScopeTable,
  ) {}

  globalIndex(name: string): number {
    let i = this.names.get(name);
    if (i === undefined) this.names.set(name, (i = this.names.size));
    return i;
  }

  scope(node: object): Scope {
    const scope = this.scopes.get(node);
    if (!scope) throw new Error('a node without a scope');
    return scope;
  }
}

/** Compiles one unit. */
export class Compiler {
  constructor(
    readonly program: Program,
    readonly unit: Unit,
    readonly variables: Variables,
    /** Name of the first parameter, for `super()`. */
    readonly firstParameter?: string,
  ) {}

  site(node: { readonly from: number; readonly to: number }, name?: NamePath, binding = false): Site {
    const { from, to } = node;
    return this.unit.site({ from, to, ...(name ? { name } : {}), ...(binding ? { binding } : {}) });
  }

  /** The same unit with the names of a comprehension. */
  inside(variables: Variables): Compiler {
    return new Compiler(this.program, this.unit, variables, this.firstParameter);
  }
}

/** `self.params['W1']` and the like as a path; undefined for anything computed. */
export function namePath(e: Expr): NamePath | undefined {
  switch (e.kind) {
    case 'Name':
      return [e.id];
    case 'Attribute': {
      const base = namePath(e.value);
      return base && [...base, e.attr];
    }
    case 'Subscript': {
      const base = namePath(e.value);
      if (!base || e.slice.kind !== 'Constant') return undefined;
      const { value } = e.slice;
      if (value.type === 'str') return [...base, { key: value.value }];
      return value.type === 'int' && typeof value.value === 'number' ? [...base, value.value] : undefined;
    }
    default:
      return undefined;
  }
}
