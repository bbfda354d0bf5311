/** A module ready to run: its statements one by one, so that one that fails leaves the others alone. */
import type { Module, Stmt } from '../ast';
import type { Site, Span } from '../../../model';
import type { Execute, FunctionCode, ModuleCode } from './code';
import { Compiler, FrameLayout, Program, Variables } from './compiler';
import { analyseScopes } from './scopes';
import { compileStatement } from './statements';
import { type Spoiler, spoilStatements } from './unknownFlow';

export interface TopStatement {
  readonly node: Stmt;
  readonly execute: Execute;
  /** Makes unknown whatever the statement assigns or may change, where it did not come to its end. */
  readonly spoil: Spoiler;
}

export interface CompiledModule extends ModuleCode {
  readonly program: Program;
  readonly top: readonly TopStatement[];
  readonly layout: FrameLayout;
  /** Sites of names that are given a value at the top, by their offset. */
  siteOf(span: Span): Site;
}

export function compileModule(tree: Module): CompiledModule {
  const program = new Program(tree, analyseScopes(tree));
  const scope = program.scope(tree);
  const layout = new FrameLayout(scope);
  const last = tree.body[tree.body.length - 1];
  const unit = program.units.add('', { from: 0, to: last?.to ?? 0 });
  const compiler = new Compiler(program, unit, new Variables(scope, program, layout, []));
  const top = flatten(tree.body).map((node) => ({
    node,
    execute: compileStatement(compiler, node),
    spoil: spoilStatements(compiler, [node]),
  }));
  const leafSites = new Map<number, Site>();
  return {
    tree,
    scopes: program.scopes,
    names: program.names,
    units: program.units.all,
    statements: top.map((t) => t.execute),
    slotCount: () => layout.slotCount,
    spans: (site) => program.units.spans(site),
    program,
    top,
    layout,
    siteOf(span) {
      let site = leafSites.get(span.from);
      if (site === undefined) leafSites.set(span.from, (site = compiler.site(span)));
      return site;
    },
  };
}

/** Statements of the module with the body of the main guard in its place. */
function flatten(body: readonly Stmt[]): Stmt[] {
  return body.flatMap((s) => (isMainGuard(s) ? s.body : [s]));
}

/** `if __name__ == '__main__':` */
export function isMainGuard(s: Stmt): s is Stmt & { kind: 'If' } {
  return (
    s.kind === 'If' &&
    s.orelse.length === 0 &&
    s.test.kind === 'Compare' &&
    s.test.left.kind === 'Name' &&
    s.test.left.id === '__name__' &&
    s.test.ops[0] === '=='
  );
}

/** Functions whose code was made so far and whose text holds an offset, outermost first; compiles them. */
export function compileAround(module: CompiledModule, offset: number): FunctionCode[] {
  const found: FunctionCode[] = [];
  const { codes } = module.program;
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as FunctionCode;
    const { span } = code.unit;
    if (span.from <= offset && offset <= span.to) {
      // May add the codes of inner functions.
      code.body();
      found.push(code);
    }
  }
  return found;
}
