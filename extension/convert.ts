/** Positions and ranges between VS Code and the protocol. */
import { Position, Range } from 'vscode';
import type * as protocol from '../src/protocol';

export function toPosition({ line, character }: protocol.Position): Position {
  return new Position(line, character);
}

export function toRange({ start, end }: protocol.Range): Range {
  return new Range(toPosition(start), toPosition(end));
}

export function fromPosition({ line, character }: Position): protocol.Position {
  return { line, character };
}

/** Where a range begins, with the cell that it is in. */
export function startOf({ start, cell }: protocol.Range): protocol.Position {
  return cell === undefined ? start : { ...start, cell };
}
