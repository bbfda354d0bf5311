/** Accents, fonts, words, and the braces and boxes that leave an expression what it is. */
import type { Argument, Parser } from './parser';
import { parsePrimary } from './primary';
import { parseStatements } from './statements';
import { readScript, takeScripts } from './scripts';
import type { Token } from './tokens';
import type { Node, SymbolNode } from './tree';
import { ACCENTS, ANNOTATIONS, FONTS } from './vocabulary';

/** The argument of the command whose name was consumed before. */
export function parseArgument(p: Parser, command: string): Node {
  const argument = p.argument();
  if (!argument) return p.error('missing-argument', `the argument of \\${command} is missing`);
  return readArgument(p, argument, command);
}

export function readArgument(p: Parser, argument: Argument, command: string): Node {
  return p.within(argument, () => {
    if (!p.token) return p.error('missing-argument', `the argument of \\${command} is empty`);
    return argument.braced ? parseStatements(p) : parsePrimary(p);
  });
}

const ACCENT_PREFIXES: ReadonlySet<string> = new Set(ACCENTS.values());

/** A name with a prefix; accents stand before fonts however they are nested, so that one look is one name. */
function prefixed(prefix: string, name: string): string {
  if (prefix === '') return name;
  const colon = name.indexOf(':');
  const outer = colon > 0 ? name.slice(0, colon) : '';
  if (!ACCENT_PREFIXES.has(prefix) && ACCENT_PREFIXES.has(outer))
    return `${outer}:${prefixed(prefix, name.slice(colon + 1))}`;
  return `${prefix}:${name}`;
}

function withPrefix(p: Parser, start: number, prefix: string, symbol: SymbolNode): SymbolNode {
  return {
    kind: 'symbol',
    name: prefixed(prefix, symbol.name),
    base: prefixed(prefix, symbol.base),
    ...p.spanFrom(start),
  };
}

/** \hat{y}, \dot v_1; the command is consumed. */
export function parseAccent(p: Parser, start: number, command: string): Node {
  const prefix = ACCENTS.get(command) as string;
  const body = parseArgument(p, command);
  if (body.kind === 'symbol') return withPrefix(p, start, prefix, body);
  if (body.kind === 'indexed' && body.base.kind === 'symbol') {
    const { base } = body;
    const named = { ...base, name: prefixed(prefix, base.name), base: prefixed(prefix, base.base) };
    return { ...body, base: named, ...p.spanFrom(start) };
  }
  return { kind: 'accent', accent: prefix, body, ...p.spanFrom(start) };
}

/** \mathbf{w}, \mathcal L, \boldsymbol{\theta}; the command is consumed. */
export function parseFont(p: Parser, start: number, command: string): Node {
  const prefix = FONTS.get(command) as string;
  const argument = p.argument();
  if (!argument) return p.error('missing-argument', `the argument of \\${command} is missing`);
  const tokens = p.tokens.slice(argument.first, argument.end);
  // Several letters in an upright font are one word.
  if (prefix === '' && tokens.length > 1 && tokens.every((t) => t.kind === 'letter')) {
    p.at = argument.next;
    return word(p, start, tokens);
  }
  const body = readArgument(p, argument, command);
  if (body.kind === 'symbol') return withPrefix(p, start, prefix, body);
  if (body.kind === 'number' && prefix !== '') {
    const name = `${prefix}:${body.value}`;
    return { kind: 'symbol', name, base: name, ...p.spanFrom(start) };
  }
  const styled = restyled(prefix, body);
  return { kind: 'group', open: '{', body: styled, ...p.spanFrom(start) };
}

function word(p: Parser, start: number, tokens: readonly Token[]): SymbolNode {
  const name = tokens.map((t) => t.text).join('');
  return { kind: 'symbol', name, base: name, ...p.spanFrom(start) };
}

/** \mathbf{Wx + b}: every name in the argument is bold. */
function restyled(prefix: string, node: Node): Node {
  switch (node.kind) {
    case 'symbol':
      return { ...node, name: prefixed(prefix, node.name), base: prefixed(prefix, node.base) };
    case 'binary':
      return { ...node, left: restyled(prefix, node.left), right: restyled(prefix, node.right) };
    case 'negative':
    case 'transpose':
      return { ...node, operand: restyled(prefix, node.operand) };
    case 'power':
      return { ...node, base: restyled(prefix, node.base) };
    case 'group':
      return { ...node, body: restyled(prefix, node.body) };
    default:
      return node;
  }
}

/** \text{…} and \operatorname{…} that hold more than plain words; the command is consumed. */
export function parseStyledText(p: Parser, start: number, command: string): Node {
  const argument = p.argument();
  if (!argument) return p.error('missing-argument', `the argument of \\${command} is missing`);
  const letters = p.tokens.slice(argument.first, argument.end);
  if (letters.length > 0 && letters.every((t) => t.kind === 'letter')) {
    p.at = argument.next;
    return word(p, start, letters);
  }
  const body = readArgument(p, argument, command);
  return { kind: 'group', open: '{', body, ...p.spanFrom(start) };
}

/** \underbrace{…}_{…}, \boxed{…}, \overset{…}{…}; the command is consumed. */
export function parseAnnotation(p: Parser, start: number, command: string): Node {
  if (ANNOTATIONS.get(command)) {
    const aside = p.argument();
    if (aside) p.at = aside.next;
  }
  const body = parseArgument(p, command);
  const { sub, sup } = command.startsWith('under') || command.startsWith('over') ? takeScripts(p) : {};
  const script = sub ?? sup;
  const note = script ? p.isolated(() => readScript(p, script, parseStatements)) : undefined;
  return { kind: 'annotated', command, body, ...(note ? { note } : {}), ...p.spanFrom(start) };
}
