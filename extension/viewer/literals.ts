/** Where in a text an input has its number: plain places only, in Python, Markdown and LaTeX. Offsets are UTF-16. */

export interface Place {
  readonly from: number;
  readonly to: number;
}

/** A number as Python, LaTeX and Markdown write it. */
const NUMBER = /[-+−]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/y;
/** After a number that is the whole of what it stands for. */
const ENDS = /\s*(?:$|[$,;)\]}&\n]|\.(?!\d)|\\(?:\\|\]|\)|,|;|q?quad|text|end)|and\b)/y;

/**
 * The number that gives an input its value.
 * @param origin what the value comes from: a number, a name that is set equal to one, or the call of a function
 * @param parameter which of the function's parameters the input is, from 0
 * @returns undefined where the value stands there in no plain way, or another one stands there
 */
export function numberOf(
  text: string,
  origin: Place,
  input: { readonly name: string; readonly value: number; readonly parameter: number | undefined },
): Place | undefined {
  const own = numberAt(text, origin.from);
  const places = [
    own && own.to === origin.to ? own : undefined,
    assigned(text, origin.to),
    argument(text, origin, input.name, input.parameter),
  ];
  return places.find((place) => place && valueOf(text, place) === input.value);
}

/**
 * Which parameter of a Python function stands at an offset, from 0; undefined where it is none, or where a call may
 * count differently.
 * @param from where the function begins
 */
export function parameterAt(text: string, from: number, at: number): number | undefined {
  const head = /\s*(?:async\s+)?def\s+\w+\s*\(/y;
  head.lastIndex = from;
  const open = head.exec(text)?.[0].length;
  if (open === undefined) return undefined;
  const parameters = pieces(text, from + open);
  const first = parameters[0] && text.slice(parameters[0].from, parameters[0].to).trim();
  if (first === 'self' || first === 'cls') return undefined;
  const index = parameters.findIndex((piece) => piece.from <= at && at < piece.to);
  return index < 0 ? undefined : index;
}

function numberAt(text: string, from: number): Place | undefined {
  NUMBER.lastIndex = from;
  const found = NUMBER.exec(text);
  return found ? { from, to: from + found[0].length } : undefined;
}

function valueOf(text: string, { from, to }: Place): number {
  return Number(text.slice(from, to).replace('−', '-').replace(/_/g, ''));
}

/** `= 2` after a name. */
function assigned(text: string, after: number): Place | undefined {
  const sign = /\s*&?\s*=\s*&?\s*/y;
  sign.lastIndex = after;
  const found = sign.exec(text);
  const place = found ? numberAt(text, after + found[0].length) : undefined;
  ENDS.lastIndex = place?.to ?? 0;
  return place && ENDS.test(text) ? place : undefined;
}

/** The argument of a call, by its name or its place. */
function argument(text: string, { from, to }: Place, name: string, parameter: number | undefined): Place | undefined {
  const head = /[\w.]+\s*\(/y;
  head.lastIndex = from;
  const open = head.exec(text)?.[0].length;
  if (open === undefined || text[to - 1] !== ')') return undefined;
  const given = pieces(text, from + open);
  const keyword = new RegExp(`^\\s*${name.replace(/\W/g, '\\$&')}\\s*=(?!=)`);
  for (const piece of given) {
    const found = keyword.exec(text.slice(piece.from, piece.to));
    if (found) return whole(text, { from: piece.from + found[0].length, to: piece.to });
  }
  const before = given.slice(0, (parameter ?? -1) + 1);
  const piece = parameter === undefined ? undefined : given[parameter];
  // After a starred or a named argument places count differently.
  const plain = before.every(({ from: start, to: end }) => !/^\s*(?:\*|\w+\s*=(?!=))/.test(text.slice(start, end)));
  return piece && plain ? whole(text, piece) : undefined;
}

/** A number that fills its place but for space. */
function whole(text: string, place: Place): Place | undefined {
  const from = place.from + (/^\s*/.exec(text.slice(place.from, place.to))?.[0].length ?? 0);
  const found = numberAt(text, from);
  return found && text.slice(found.to, place.to).trim() === '' ? found : undefined;
}

/** What commas part, up to the bracket that closes. */
function pieces(text: string, from: number): Place[] {
  const found: Place[] = [];
  let depth = 0;
  let start = from;
  const token = /(["'])(?:\\.|(?!\1)[^\\\n])*\1|#[^\n]*|[([{}\]),]/g;
  token.lastIndex = from;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const [sign] = match;
    if ('([{'.includes(sign)) depth++;
    else if (depth > 0 && ')]}'.includes(sign)) depth--;
    else if (depth === 0 && (sign === ',' || ')]}'.includes(sign))) {
      found.push({ from: start, to: match.index });
      start = match.index + 1;
      if (sign !== ',') return found;
    }
  }
  return [];
}
