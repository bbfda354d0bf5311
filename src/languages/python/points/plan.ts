/**
 * Points for functions and layers: where the document says nothing, values are chosen (and say so) at which the code runs.
 *
 * A plan is made once, in a finished run of the document (a {@link Session}); it may try the function many times there. Its
 * values are then drawn in any other run: `plan.values(session, draw)`, as many as wanted, each seed and domain another point.
 */
import { printNamePath } from '../../../format/namePath';
import { sizeOf } from '../../../tensor';
import { type Dialect, type Origin, unknown, type Unknown } from '../../../model';
import type { PythonAnalysis } from '../analysis';
import type { FunctionDef, Lambda, Parameter, Stmt } from '../ast';
import { run } from '../calls';
import { instantiateUser } from '../classes';
import { namePath } from '../compile/compiler';
import { BudgetStop, Enough, PyRaise, UnknownStop } from '../errors';
import type { ModuleScope } from '../frame';
import { str } from '../format/repr';
import { UnknownIteration } from '../iteration';
import { PyArray } from '../numpy/array';
import { applyPin, asArray, type Pins } from '../record/pins';
import { failure } from '../run';
import type { Runtime } from '../runtime';
import { isNumberLike } from '../values/numbers';
import { PyClass, PyDict, PyFunction, PyInstance, PyList, PyTuple, PyUnknown, type PyValue } from '../values/object';
import { type Choice, type Leaf, LeafMaker, type Tree } from './choices';
import { type ArgumentsElsewhere, argumentsElsewhere } from './elsewhere';
import { type Callees, type Carried, gatherEvidence } from './evidence';
import { exampleArguments } from './examples';
import { boundFrame, withNode } from './frames';
import { type Attempt, SEARCH_LIMITS, searchShapes, type SearchLimits } from './search';
import { shapeNotes } from './shapeNotes';
import { Sizes } from './sizes';
import { type Domain, DOMAINS, generator, isFiniteValue, leafValue, snapshot, treeValue } from './values';

/** A finished run of a document, in which its functions can be called. */
export interface Session {
  readonly analysis: PythonAnalysis;
  readonly rt: Runtime;
  readonly scope: ModuleScope;
  readonly pins: Pins;
  readonly dialect: Dialect;
}

/** Which of the many points of a plan. */
export interface Draw {
  readonly seed: number;
  readonly domain: Domain;
}

/** What is to be called: a function, or a method of an object that is made first if the document has none. */
export type Target =
  | { readonly kind: 'function'; readonly fn: PyFunction }
  | { readonly kind: 'method'; readonly cls: PyClass; readonly name: string };

export interface PlanOptions {
  /** How many plans with different kinds of arguments are wanted (a vector, a batch …). */
  readonly plans?: number;
  readonly limits?: SearchLimits;
  /** Whether calls in other files of the workspace are looked for. May ask for their texts. */
  readonly elsewhere?: boolean;
}

/** How an argument comes about. */
type Source =
  | { readonly kind: 'fixed'; readonly make: (session: Session) => PyValue | undefined }
  | { readonly kind: 'tree'; readonly tree: Tree };

interface Argument {
  readonly name: string;
  readonly origin: Origin;
  readonly source: Source;
}

/** Arguments of one function, by parameter. */
interface Stage {
  readonly arguments: readonly Argument[];
}

export class Plan {
  private tested: readonly Domain[] | undefined;

  constructor(
    private readonly target: Target,
    /** Of the constructor, where an object has to be made. */
    private readonly making: Stage | undefined,
    private readonly calling: Stage,
    private readonly leaves: readonly Leaf[],
    private readonly choices: readonly Choice[],
    private readonly object: ((session: Session) => PyValue | undefined) | undefined,
    private readonly home: Session,
    private readonly lists: boolean,
  ) {}

  /** Where each argument comes from, by parameter (of a method: `self` first). */
  get origins(): readonly Origin[] {
    return this.calling.arguments.map((a) => a.origin);
  }

  get names(): readonly string[] {
    return this.calling.arguments.map((a) => a.name);
  }

  /** Whether anything was chosen by us, so that other seeds give other points. */
  get isAssumed(): boolean {
    return this.leaves.length > 0;
  }

  /** Shapes of the numbers and arrays that were chosen, by name: for messages and directives. */
  get shapes(): readonly { readonly name: string; readonly shape: readonly number[]; readonly integer: boolean }[] {
    return this.leaves.flatMap((leaf, i) => {
      const choice = this.choices[i] as Choice;
      if (choice.kind === 'array' || choice.kind === 'labels') {
        return [{ name: printNamePath(leaf.path), shape: choice.shape, integer: choice.kind === 'labels' }];
      }
      if (choice.kind === 'number') return [{ name: printNamePath(leaf.path), shape: [], integer: false }];
      return [];
    });
  }

  /** Whether the constructor gives the fields of the object their shapes: from sizes at most, from no array that was chosen. */
  get makesFields(): boolean {
    if (this.target.kind !== 'method') return false;
    const taken = new Set(this.making?.arguments.map((a) => a.name));
    return !this.leaves.some((leaf, i) => {
      const { kind } = this.choices[i] as Choice;
      return (kind === 'array' || kind === 'labels') && taken.has(String(leaf.path[0]));
    });
  }

  /** Elements of all arrays that were chosen. */
  get elements(): number {
    return this.shapes.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  }

  /** `count` different points: every seed, and every domain in which the function has a finite value. */
  draws(count: number, seed = 0): Draw[] {
    const domains = this.domains;
    return Array.from({ length: count }, (_, i) => ({
      seed: seed + Math.floor(i / domains.length),
      domain: domains[i % domains.length] as Domain,
    }));
  }

  /** Domains in which the function has a finite value, at the first seed. */
  get domains(): readonly Domain[] {
    if (this.tested) return this.tested;
    const fine = this.isAssumed
      ? DOMAINS.filter((domain) => {
          const result = attemptCall(this.home, this, { seed: 0, domain });
          return result.attempt.kind === 'ran' && result.value !== undefined && isFiniteValue(result.value);
        })
      : [];
    return (this.tested = fine.length > 0 ? fine : ['unit']);
  }

  /** The object whose method is called, made in this session. May raise as the constructor does. */
  self(session: Session, draw: Draw): PyValue | undefined {
    if (this.target.kind !== 'method') return undefined;
    if (this.object) return this.object(session);
    const cls = this.target.cls;
    const own = session === this.home ? cls : classIn(session, cls);
    if (!own) return undefined;
    const args = this.making ? this.stageValues(this.making, session, draw).slice(1) : [];
    const kwargs = new Map<string, PyValue>();
    const positional: PyValue[] = [];
    const params = this.making ? this.making.arguments.slice(1) : [];
    args.forEach((value, i) => {
      const name = (params[i] as Argument).name;
      if (value === undefined || name.startsWith('*')) return;
      if (positional.length === i) positional.push(value);
      else kwargs.set(name, value);
    });
    return instantiateUser(session.rt, own, positional, kwargs.size > 0 ? kwargs : undefined, session.rt.place);
  }

  /** Fresh values for all parameters (of a method: `self` first). May raise as constructors and defaults do. */
  values(session: Session, draw: Draw): readonly (PyValue | undefined)[] {
    const values = this.stageValues(this.calling, session, draw);
    return this.target.kind === 'method' ? [this.self(session, draw), ...values.slice(1)] : values;
  }

  /** The function in a session. */
  functionOf(session: Session): PyFunction | undefined {
    if (this.target.kind === 'function') {
      const { fn } = this.target;
      return session === this.home ? fn : functionIn(session, fn.code.node, fn.code.name);
    }
    const cls = session === this.home ? this.target.cls : classIn(session, this.target.cls);
    const member = cls?.lookup(this.target.name);
    return member instanceof PyFunction ? member : undefined;
  }

  private stageValues(stage: Stage, session: Session, draw: Draw): (PyValue | undefined)[] {
    return stage.arguments.map(({ source }) => {
      if (source.kind === 'fixed') return source.make(session);
      return treeValue(source.tree, (i) => {
        const leaf = this.leaves[i] as Leaf;
        const random = generator(hash(printNamePath(leaf.path)) ^ Math.imul(draw.seed + 1, 0x9e3779b1));
        return leafValue(this.choices[i] as Choice, draw.domain, random, this.lists);
      });
    });
  }
}

/** Plans for calling a function or method, the likeliest first; or why there is none. */
export function planCall(session: Session, target: Target, options: PlanOptions = {}): readonly Plan[] | Unknown {
  const sizes = sizesOf(session).fork();
  const leaves: Leaf[] = [];
  const fn = targetFunction(target);
  if (!fn) return unknown('not-defined', `\`${targetName(target)}\` is no function`, { from: 0, to: 0 });
  let making: Stage | undefined;
  let object: ((session: Session) => PyValue | undefined) | undefined;
  if (target.kind === 'method') {
    object = existingObject(session, target.cls);
    const init = object ? undefined : target.cls.lookup('__init__');
    if (init instanceof PyFunction) {
      const stage = stageOf(session, init, leaves, sizes, target.cls);
      if ('kind' in stage) return stage;
      making = stage;
    }
  }
  const elsewhere = options.elsewhere && target.kind === 'function' ? argumentsElsewhere(session, fn) : undefined;
  const calling = stageOf(session, fn, leaves, sizes, target.kind === 'method' ? target.cls : undefined, elsewhere);
  if ('kind' in calling) return calling;
  const lists = session.dialect === 'math' && !usesArrays(session);
  const make = (choices: readonly Choice[]) =>
    new Plan(target, making, calling, leaves, choices, object, session, lists);
  if (leaves.length === 0) return [make([])];
  let met: Unknown | undefined;
  const search = searchShapes(
    leaves,
    (choices) => {
      const { attempt, unknown: cause } = attemptCall(session, make(choices), { seed: 0, domain: 'unit' });
      met ??= cause;
      return attempt;
    },
    options.limits ?? SEARCH_LIMITS,
    options.plans ?? 1,
    [...(making?.arguments ?? []), ...calling.arguments].flatMap((a) => extentsOf(session, a)),
  );
  if (search.found.length > 0) return search.found.map(make);
  // No matter of shapes.
  if (search.isConstant && met && (met.code !== 'exception' || met.reason.includes('NameError'))) return met;
  const names = leaves.map((l) => `\`${printNamePath(l.path)}\``).join(', ');
  const span = nameSpan(session, fn);
  return unknown(
    'no-point',
    `no shapes of ${names} were found at which \`${fn.code.name}\` runs${search.failure ? ` (${search.failure})` : ''}; ` +
      `give a point with \`# wengert: at …\` or \`# wengert: given …\``,
    span,
    met,
  );
}

/** One call at a drawn point, within a small budget. Nothing that it raises gets out. */
export function attemptCall(
  session: Session,
  plan: Plan,
  draw: Draw,
): { readonly attempt: Attempt; readonly value?: PyValue; readonly unknown?: Unknown } {
  const { rt, analysis } = session;
  const unknownAttempt = (cause: Unknown) => ({
    attempt: { kind: 'unknown', text: cause.reason } as const,
    unknown: cause,
  });
  if (plan.elements > TRIAL_ELEMENTS) {
    return { attempt: { kind: 'raised', message: '', text: 'its arguments would be too large' } };
  }
  return rt.limited(TRIAL_OPERATIONS, TRIAL_MILLISECONDS, () => {
    try {
      const values = plan.values(session, draw);
      const fn = plan.functionOf(session);
      if (!fn) return { attempt: { kind: 'unknown', text: 'the function is not defined' } as const };
      const value = run(rt, fn, boundFrame(rt, fn, values), -1);
      if (value instanceof PyUnknown) return unknownAttempt(value.unknown);
      return { attempt: { kind: 'ran' } as const, value };
    } catch (error) {
      if (error instanceof Enough) return { attempt: { kind: 'ran' } as const, value: null };
      if (error instanceof PyRaise) {
        const message = str(rt, error.exception);
        const cause = failure(rt, error, analysis.document).unknown;
        const attempt: Attempt = {
          kind: 'raised',
          message: typeof message === 'string' ? message : '',
          text: cause.reason,
        };
        return { attempt, unknown: cause };
      }
      if (error instanceof UnknownStop || error instanceof UnknownIteration) {
        return unknownAttempt(error.value.unknown);
      }
      if (error instanceof BudgetStop) {
        return { attempt: { kind: 'raised', message: '', text: 'it takes too long at small sizes' } as const };
      }
      throw error;
    }
  });
}

const TRIAL_OPERATIONS = 200_000;
const TRIAL_MILLISECONDS = 400;
/** Elements of all arguments together. */
const TRIAL_ELEMENTS = 300_000;

// Targets.

function targetName(target: Target): string {
  return target.kind === 'function' ? target.fn.code.name : `${target.cls.name}.${target.name}`;
}

function targetFunction(target: Target): PyFunction | undefined {
  if (target.kind === 'function') return target.fn;
  const member = target.cls.lookup(target.name);
  return member instanceof PyFunction ? member : undefined;
}

/** The same function in another run of the document. */
function functionIn(session: Session, node: object, name: string): PyFunction | undefined {
  return withNode(session.scope.get(name), node);
}

function classIn(session: Session, cls: PyClass): PyClass | undefined {
  const value = session.scope.get(cls.name);
  return value instanceof PyClass ? value : undefined;
}

/** An object of a class that the module holds at its end. */
function existingObject(session: Session, cls: PyClass): ((session: Session) => PyValue | undefined) | undefined {
  for (const [name, value] of session.scope.entries()) {
    if (!(value instanceof PyInstance) || value.klass !== cls || value.unknown) continue;
    if ([...value.attrs.values()].some((v) => v instanceof PyUnknown)) continue;
    return ({ scope }) => scope.get(name);
  }
  return undefined;
}

// Arguments.

/** Decides for every parameter of a function where its argument comes from; new leaves are added to `leaves`. */
function stageOf(
  session: Session,
  fn: PyFunction,
  leaves: Leaf[],
  sizes: Sizes,
  cls: PyClass | undefined,
  elsewhere?: ArgumentsElsewhere,
): Stage | Unknown {
  const { code } = fn;
  const node = code.node as FunctionDef | Lambda;
  const body: readonly Stmt[] =
    node.kind === 'Lambda' ? [{ kind: 'Return', value: node.body, from: node.from, to: node.to }] : node.body;
  const evidence = gatherEvidence(
    { params: node.params, body },
    cls ? attributesOf(cls, fn) : [],
    callees(session, cls),
  );
  const notes = shapeNotes(
    { from: node.from, to: node.to, params: node.params },
    [code.docstring, cls && classDocstring(cls)].filter((d) => d !== undefined).join('\n'),
    session.analysis.document.text,
  );
  for (const note of notes.values()) for (const extent of note.shape ?? []) sizes.reserve(sizes.of(extent));
  const maker = new LeafMaker(evidence, notes, sizes, leaves);
  const args: Argument[] = [];
  for (const [i, p] of code.params.entries()) {
    const fixed = fixedArgument(
      session,
      fn,
      i,
      p,
      cls !== undefined,
      evidence.get(p.name)?.isCallable ?? false,
      elsewhere,
    );
    if (fixed) {
      args.push(fixed);
      continue;
    }
    const before = leaves.length;
    const tree = maker.parameter(p);
    if (!tree) {
      return unknown(
        'no-point',
        `no value is known for \`${p.name}\`: give one with \`# wengert: at ${p.name}=…\``,
        nameSpan(session, fn),
      );
    }
    const said = leaves.slice(before).find((l) => l.said)?.said;
    args.push({ name: p.name, origin: assumed(said), source: { kind: 'tree', tree } });
  }
  return { arguments: args };
}

const SAID = { docstring: 'the docstring', comment: 'a comment', annotation: 'the annotation' } as const;

function assumed(said: keyof typeof SAID | undefined): Origin {
  return {
    kind: 'assumed',
    why: said ? `sample numbers in the shape that ${SAID[said]} gives` : 'sample numbers: the document gives none',
  };
}

function nameSpan(session: Session, fn: PyFunction) {
  return session.analysis.found.find((t) => 'node' in t && t.node === fn.code.node)?.nameSpan ?? fn.code.unit.span;
}

/** What the reader or the document gives: pins, defaults, variables of the module, examples. */
function fixedArgument(
  session: Session,
  fn: PyFunction,
  index: number,
  p: Parameter,
  isMethod: boolean,
  isCallable: boolean,
  elsewhere: ArgumentsElsewhere | undefined,
): Argument | undefined {
  const { pins, dialect, scope } = session;
  const fixed = (origin: Origin, make: (session: Session) => PyValue | undefined): Argument => ({
    name: p.name,
    origin,
    source: { kind: 'fixed', make },
  });
  const pinned = applyPin(pins, p.name, undefined);
  if (pinned.changed) {
    return fixed(pinned.changed, () => {
      const { value } = applyPin(pins, p.name, undefined);
      return dialect === 'math' ? value : asArray(value);
    });
  }
  if (isMethod && index === 0)
    return fixed({ kind: 'assumed', why: 'of an object made with sample arguments' }, () => undefined);
  if (elsewhere?.values[index] !== undefined) {
    return fixed({ kind: 'document', why: elsewhere.why }, (s) => {
      const own = functionIn(s, fn.code.node, fn.code.name) ?? fn;
      return argumentsElsewhere(s, own)?.values[index];
    });
  }
  if (fn.defaults[index] !== undefined) {
    const origin: Origin = fn.module.home
      ? { kind: 'document', span: { from: p.from, to: p.to }, why: 'the default' }
      : { kind: 'document', why: 'the default' };
    // Read from the function of the session: a mutable default belongs to its run.
    return fixed(origin, () => fn.defaults[index]);
  }
  if (p.kind === 'var-keyword') return fixed({ kind: 'document', why: 'nothing is passed' }, () => new PyDict());
  if (p.kind === 'var-positional') return fixed({ kind: 'document', why: 'nothing is passed' }, () => new PyTuple([]));
  const global = scope.get(p.name);
  if (global !== undefined && fitsArgument(global, isCallable)) {
    return fixed({ kind: 'document', why: `the variable \`${p.name}\` of the module` }, (s) => {
      const value = s.scope.get(p.name);
      return value === undefined ? undefined : snapshot(value);
    });
  }
  if (exampleArguments(session, fn)?.[index] !== undefined) {
    return fixed({ kind: 'document', why: 'from the example in the docstring' }, (s) => {
      const own = functionIn(s, fn.code.node, fn.code.name) ?? fn;
      return exampleArguments(s, own)?.[index];
    });
  }
  return undefined;
}

/** Whether a variable of the module can stand in for an argument of its name. */
function fitsArgument(value: PyValue, isCallable: boolean, depth = 0): boolean {
  if (value instanceof PyUnknown) return false;
  if (value instanceof PyFunction) return isCallable && depth === 0;
  if (typeof value === 'boolean' || isNumberLike(value)) return true;
  if (value instanceof PyArray) return !value.unknown;
  if (depth > 3) return false;
  if (value instanceof PyList || value instanceof PyTuple) {
    return !value.unknown && value.items.length > 0 && value.items.every((v) => fitsArgument(v, false, depth + 1));
  }
  if (value instanceof PyDict) {
    return !value.unknown && [...value.entries.values()].every((e) => fitsArgument(e.value, false, depth + 1));
  }
  return value instanceof PyInstance && depth === 0 && !value.unknown;
}

/** Attributes that the constructor of a class takes over from its parameters: what methods do with them tells about those. */
function attributesOf(cls: PyClass, fn: PyFunction): Carried[] {
  const node = fn.code.node as FunctionDef;
  const self = node.params[0]?.name;
  if (fn.code.name !== '__init__' || self === undefined) return [];
  const names = new Set(node.params.slice(1).map((p) => p.name));
  const bodies = [...cls.attrs.values()].flatMap((m) =>
    m instanceof PyFunction && m !== fn ? (m.code.node as FunctionDef).body : [],
  );
  return node.body.flatMap((s) => {
    if (s.kind !== 'Assign' || s.value.kind !== 'Name' || !names.has(s.value.id)) return [];
    const { id } = s.value;
    return s.targets.flatMap((t) => {
      const path = namePath(t);
      return path?.length === 2 && path[0] === self ? [{ parameter: id, attribute: path, bodies }] : [];
    });
  });
}

/** Functions of the module by name, methods of the class by `self.name`. */
function callees({ scope }: Session, cls: PyClass | undefined): Callees {
  const bodyOf = (fn: PyValue | undefined, first: number) => {
    if (!(fn instanceof PyFunction)) return undefined;
    const node = fn.code.node as FunctionDef | Lambda;
    return node.kind === 'Lambda' ? undefined : { body: { params: node.params, body: node.body }, first };
  };
  return ({ func }) => {
    if (func.kind === 'Name') return bodyOf(scope.get(func.id), 0);
    const isSelf = func.kind === 'Attribute' && func.value.kind === 'Name' && func.value.id === 'self';
    return isSelf && cls ? bodyOf(cls.lookup(func.attr), 1) : undefined;
  };
}

function classDocstring(cls: PyClass): string | undefined {
  const doc = cls.attrs.get('__doc__');
  return typeof doc === 'string' ? doc : undefined;
}

// Sizes.

const SIZES = new WeakMap<PythonAnalysis, Sizes>();

/** The letters of a document, in the order of its functions: the same letter is the same size in all of them. */
function sizesOf({ analysis, scope }: Session): Sizes {
  let sizes = SIZES.get(analysis);
  if (!sizes) {
    const made = new Sizes((name) => {
      const value = scope.get(name);
      return typeof value === 'number' && value >= 1 && value <= MAX_KNOWN_SIZE ? value : undefined;
    });
    const visit = (body: readonly Stmt[], outer: string): void => {
      for (const s of body) {
        if (s.kind === 'ClassDef') visit(s.body, docstringOf(s.body) ?? '');
        if (s.kind !== 'FunctionDef') continue;
        const doc = `${docstringOf(s.body) ?? ''}\n${outer}`;
        for (const [, note] of shapeNotes(s, doc, analysis.document.text)) {
          for (const e of note.shape ?? []) made.of(e);
          if (note.below !== undefined) made.of(note.below);
        }
      }
    };
    visit(analysis.parsed.module.body, '');
    SIZES.set(analysis, (sizes = made));
  }
  return sizes;
}

/** A size that the module gives to a letter is kept where an evaluation at it stays cheap. */
const MAX_KNOWN_SIZE = 64;

function docstringOf(body: readonly Stmt[]): string | undefined {
  const first = body[0];
  return first?.kind === 'Expr' && first.value.kind === 'Constant' && first.value.value.type === 'str'
    ? first.value.value.value
    : undefined;
}

/** Whether the file works on arrays at all; else sequences are lists. */
function usesArrays({ analysis }: Session): boolean {
  return (
    analysis.parsed.module.body.some(
      (s) =>
        (s.kind === 'Import' && s.names.some((a) => /^(numpy|scipy|torch|jax|tensorflow|autograd)\b/.test(a.name))) ||
        (s.kind === 'ImportFrom' && /^(numpy|scipy|torch|jax|tensorflow|autograd)\b/.test(s.module)),
    ) || ARRAY_ATTRIBUTE.test(analysis.document.text)
  );
}

/** What a list does not have: part of a file may leave out the import. */
const ARRAY_ATTRIBUTE = /[\w\])]\.(?:T\b|shape\b|ndim\b|dot\(|reshape\(|transpose\(|sum\(|mean\()/;

/** Extents of an argument that is not chosen. */
function extentsOf(session: Session, { source }: Argument): readonly number[] {
  let value: PyValue | undefined;
  try {
    value = source.kind === 'fixed' ? source.make(session) : undefined;
  } catch (error) {
    // A default that raises does so again in each attempt.
    if (!(error instanceof PyRaise || error instanceof UnknownStop)) throw error;
  }
  if (value instanceof PyArray) return value.nd.shape;
  return value instanceof PyList ? [value.items.length] : [];
}

/** FNV-1a. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}
