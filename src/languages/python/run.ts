/** Runs the statements of a module. One that fails does not take its neighbours with it. */
import { unknown } from '../../model';
import { lineName, type Lines } from '../lineName';
import { type CompiledModule, type TopStatement } from './compile/program';
import { PyRaise, UnknownStop } from './errors';
import { EXCEPTIONS } from './exceptions';
import { str } from './format/repr';
import type { ModuleScope } from './frame';
import { Frame } from './frame';
import { UnknownIteration } from './iteration';
import type { Runtime } from './runtime';
import { PyUnknown, type PyValue } from './values/object';
import { builtin } from './builtins/index';
import type { Expr, Stmt } from './ast';
import { forEachChild } from './compile/scopes';
import { LoopUnknown } from './compile/unknownFlow';
import { assignedNames, mentionsName } from './find/traceables';

/** What happens around each statement of the module. */
export interface StatementHook {
  /** Once, before the first statement. */
  before?(): void;
  after?(statement: TopStatement, frame: Frame): void;
  /** Statements that are left out; by default none. */
  skips?(statement: TopStatement): boolean;
}

export function moduleFrame(rt: Runtime, code: CompiledModule, scope: ModuleScope): Frame {
  const cells = Array.from({ length: code.layout.ownCells }, () => ({ v: undefined }));
  return new Frame(rt, scope, new Array<PyValue | undefined>(code.layout.slotCount), cells, undefined);
}

/**
 * Executes all statements. After an exception only definitions and imports, for what else the module offers; but a name that
 * is nowhere defined (a cell that is missing, a line that was lost) takes only with it what its statement would have changed.
 */
export function runModule(
  rt: Runtime,
  code: CompiledModule,
  scope: ModuleScope,
  document: Lines,
  hook?: StatementHook,
): void {
  const frame = moduleFrame(rt, code, scope);
  for (const [name, { make }] of scope.given) scope.set(name, make());
  hook?.before?.();
  for (const statement of code.top) {
    if (scope.ended && !isDefinition(statement.node)) continue;
    if (hook?.skips?.(statement)) continue;
    try {
      statement.execute(frame);
    } catch (error) {
      if (error instanceof PyRaise) {
        const value = failure(rt, error, document);
        // Python stops here: what is printed from now on would not be.
        rt.silent ||= scope.home;
        if (isRecoverable(error, statement.node)) {
          scope.mishap ??= value;
          spoilStatement(statement, frame, value);
        } else {
          scope.failure ??= value;
          scope.ended = true;
        }
      } else if (error instanceof UnknownStop || error instanceof UnknownIteration) {
        if (statement.node.kind === 'Broken') spoilBroken(scope, statement.node, document.text, error.value);
        else spoilStatement(statement, frame, error.value);
      } else throw error;
    }
    if (scope.ended) continue;
    if (scope.given.size > 0) giveValues(scope, statement.node);
    hook?.after?.(statement, frame);
  }
}

/** What a directive gives replaces assignments, but not those that go on from the name's own value. */
function giveValues(scope: ModuleScope, s: Stmt): void {
  if (s.kind !== 'Assign' && s.kind !== 'AnnAssign') return;
  for (const name of assignedNames(s)) {
    const given = scope.given.get(name);
    if (given && s.value && !mentionsName(s.value, name)) scope.set(name, given.make());
  }
}

function spoilStatement(statement: TopStatement, frame: Frame, value: PyUnknown): void {
  try {
    statement.spoil(frame, value);
  } catch (error) {
    // Something unreadable inside would end a function here; a module goes on.
    if (!(error instanceof UnknownStop || error instanceof LoopUnknown)) throw error;
  }
}

function isDefinition(s: Stmt): boolean {
  return s.kind === 'FunctionDef' || s.kind === 'ClassDef' || s.kind === 'Import' || s.kind === 'ImportFrom';
}

/** Whether the statements behind one that raised mean the same without it. */
function isRecoverable({ exception }: PyRaise, s: Stmt): boolean {
  if (exception.klass === EXCEPTIONS.get('NameError')) return true;
  // Printed results between the lines: nothing depends on them.
  return s.kind === 'Expr' && isInertExpression(s.value);
}

function isInertExpression(e: Expr): boolean {
  if (e.kind === 'Call' || e.kind === 'NamedExpr' || e.kind === 'Await' || e.kind === 'Yield') return false;
  let inert = true;
  forEachChild(e, (child) => {
    inert &&= isInertExpression(child);
  });
  return inert;
}

/** Why what comes after an uncaught exception is not known. */
export function failure(rt: Runtime, error: PyRaise, document: Lines): PyUnknown {
  const { klass } = error.exception;
  const message = str(rt, error.exception);
  const span = rt.span(rt.place);
  const line = lineName(document, span.from);
  const detail = typeof message === 'string' && message !== '' ? `: ${message}` : '';
  const reason =
    klass === EXCEPTIONS.get('SystemExit') ? `the program ends in ${line}` : `${line} raises ${klass.name}${detail}`;
  return rt.spread(new PyUnknown(unknown('exception', reason, span))) as PyUnknown;
}

/** Names that text which does not parse seems to assign are unknown. */
function spoilBroken(scope: ModuleScope, node: Stmt, text: string, value: PyUnknown): void {
  for (const line of text.slice(node.from, node.to).split('\n')) {
    const targets = /^([^=()]*?)(?:[-+*/%@&|^]|\/\/|\*\*|<<|>>)?=(?!=)/.exec(line)?.[1];
    for (const [name] of targets?.matchAll(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []) {
      if (scope.get(name) !== undefined || builtin(name) === undefined) scope.set(name, value);
    }
  }
}
