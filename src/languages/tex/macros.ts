/** Macros that a text defines: `\newcommand` and its relatives, `\def`, `\DeclareMathOperator`. */
import type { Span } from '../../model';
import type { Macro } from '../latex/macros';

export interface MacroDefinition {
  readonly macro: Macro;
  /** The whole definition. */
  readonly span: Span;
}

const COMMAND =
  /\\(newcommand|renewcommand|providecommand|DeclareRobustCommand|DeclareMathOperator|NewDocumentCommand|RenewDocumentCommand|DeclarePairedDelimiter|def|gdef)\*?(?![a-zA-Z@])/g;

/** The definitions in a range of a text, in order. A damaged one is left out. */
export function findMacros(text: string, from = 0, to = text.length): MacroDefinition[] {
  const found: MacroDefinition[] = [];
  COMMAND.lastIndex = from;
  for (let match = COMMAND.exec(text); match && match.index < to; match = COMMAND.exec(text)) {
    const reader = new Reader(text, COMMAND.lastIndex, to);
    const macro = readDefinition(match[1] as string, match[0].endsWith('*'), reader);
    if (!macro) continue;
    found.push({ macro, span: { from: match.index, to: reader.at } });
    COMMAND.lastIndex = reader.at;
  }
  return found;
}

function readDefinition(command: string, star: boolean, reader: Reader): Macro | undefined {
  const name = reader.name(command === 'def' || command === 'gdef');
  if (name === undefined) return undefined;
  switch (command) {
    case 'def':
    case 'gdef': {
      const parameters = reader.parameterText();
      const body = reader.group();
      return parameters === undefined || body === undefined ? undefined : { name, parameters, body };
    }
    case 'DeclareMathOperator': {
      const word = reader.group();
      return word === undefined
        ? undefined
        : { name, parameters: 0, body: `\\operatorname${star ? '*' : ''}{${word}}` };
    }
    case 'DeclarePairedDelimiter': {
      const open = reader.group();
      const close = reader.group();
      if (open === undefined || close === undefined) return undefined;
      return { name, parameters: 1, body: `\\left${open} #1 \\right${close}` };
    }
    case 'NewDocumentCommand':
    case 'RenewDocumentCommand': {
      const signature = reader.group();
      const body = reader.group();
      return signature === undefined || body === undefined ? undefined : documentCommand(name, signature, body);
    }
    default: {
      const count = reader.option();
      const optional = count === undefined ? undefined : reader.option();
      const body = reader.group() ?? reader.control();
      const parameters = Number(count ?? 0);
      if (body === undefined || !Number.isInteger(parameters)) return undefined;
      return { name, parameters, body, ...(optional === undefined ? {} : { optional }) };
    }
  }
}

/** Signatures of mandatory arguments and one optional argument in front: `m m`, `O{2} m`, `o m`. */
function documentCommand(name: string, signature: string, body: string): Macro | undefined {
  const match = /^\s*(?:(?:O\{([^{}]*)\}|(o))\s*)?((?:m\s*)*)$/.exec(signature);
  if (!match) return undefined;
  const mandatory = (match[3] ?? '').replace(/\s/g, '').length;
  const optional = match[1] ?? (match[2] ? '' : undefined);
  if (optional === undefined) return { name, parameters: mandatory, body };
  return { name, parameters: mandatory + 1, optional, body };
}

class Reader {
  constructor(
    private readonly text: string,
    public at: number,
    private readonly end: number,
  ) {}

  private space(): void {
    for (;;) {
      const space = /^(?:\s+|%[^\n]*(?:\n|$))+/.exec(this.text.slice(this.at, Math.min(this.at + 200, this.end)));
      if (!space) return;
      this.at += space[0].length;
    }
  }

  /** `{\name}` or `\name`. */
  name(bare: boolean): string | undefined {
    this.space();
    const match = (bare ? /^\\([a-zA-Z@]+)/ : /^(?:\{\s*\\([a-zA-Z@]+)\s*\}|\\([a-zA-Z@]+))/).exec(
      this.text.slice(this.at, Math.min(this.at + 80, this.end)),
    );
    if (!match) return undefined;
    this.at += match[0].length;
    return match[1] ?? match[2];
  }

  /** `\name` as the whole body. */
  control(): string | undefined {
    this.space();
    const match = /^\\[a-zA-Z]+/.exec(this.text.slice(this.at, Math.min(this.at + 80, this.end)));
    if (!match) return undefined;
    this.at += match[0].length;
    return match[0];
  }

  /** `[…]`. */
  option(): string | undefined {
    this.space();
    if (this.text[this.at] !== '[') return undefined;
    const close = this.text.indexOf(']', this.at);
    if (close < 0 || close >= this.end) return undefined;
    const inside = this.text.slice(this.at + 1, close);
    this.at = close + 1;
    return inside;
  }

  /** `#1#2` before the body of `\def`; undefined where there are delimiters that we do not follow. */
  parameterText(): number | undefined {
    const match = /^\s*((?:#\d\s*)*)(?=\{)/.exec(this.text.slice(this.at, Math.min(this.at + 80, this.end)));
    if (!match) return undefined;
    this.at += match[0].length;
    return (match[1] ?? '').split('#').length - 1;
  }

  /** `{…}` with its inner braces. */
  group(): string | undefined {
    this.space();
    if (this.text[this.at] !== '{') return undefined;
    let depth = 0;
    for (let i = this.at; i < this.end; i++) {
      const c = this.text[i];
      if (c === '\\') i++;
      else if (c === '{') depth++;
      else if (c === '}' && --depth === 0) {
        const inside = this.text.slice(this.at + 1, i);
        this.at = i + 1;
        return inside;
      }
    }
    return undefined;
  }
}
