/** Verdicts of checks as results of tests, with a test of its own for every parameter. */
import { Location, type TestController, type TestItem, TestMessage, type TestRun } from 'vscode';
import { checkTitle, formatNumber, VERDICT_WORDS } from '../../src/format';
import { type CheckView, fromJsonNumber, type JsonNumber } from '../../src/protocol';
import { toRange } from '../convert';

type Parameter = CheckView['parameters'][number];

/** Enough to see where two derivatives part. */
const DIGITS = 10;

/** @param milliseconds how long the check took, where that is known */
export function report(
  controller: TestController,
  run: TestRun,
  item: TestItem,
  view: CheckView,
  milliseconds?: number,
): void {
  item.range = toRange(view.range);
  const children = view.parameters.map((parameter) => {
    const child =
      item.children.get(parameter.name) ?? controller.createTestItem(parameter.name, parameter.name, item.uri);
    child.range = item.range;
    return child;
  });
  item.children.replace(children);
  view.parameters.forEach((parameter, i) => {
    const child = children[i];
    if (child) settle(run, child, parameter.verdict, () => parameterMessage(child, view, parameter));
  });
  settle(run, item, view.verdict, () => checkMessage(item, view), milliseconds);
  const lines = [`${checkTitle(view)}: ${VERDICT_WORDS[view.verdict]}. ${view.message}`, ...(view.notes ?? [])];
  run.appendOutput(lines.map((line, i) => `${i === 0 ? '' : '  '}${line}\r\n`).join(''), undefined, item);
}

/** A kink is no failure, and what is unknown is neither right nor wrong. */
function settle(
  run: TestRun,
  item: TestItem,
  verdict: CheckView['verdict'],
  message: () => TestMessage,
  milliseconds?: number,
): void {
  if (verdict === 'fail') run.failed(item, message(), milliseconds);
  else if (verdict === 'error') run.errored(item, message(), milliseconds);
  else if (verdict === 'unknown') run.skipped(item);
  else run.passed(item, milliseconds);
}

function checkMessage(item: TestItem, view: CheckView): TestMessage {
  const worst = view.parameters.find(({ verdict, worst }) => verdict === 'fail' && worst)?.worst;
  const cause = view.cause === undefined ? [] : [`Cause: ${view.cause}`];
  const text = [view.message, ...cause, ...(view.notes ?? [])].join('\n\n');
  if (view.expected !== undefined && view.text !== undefined) return placed(item, text, view.expected, view.text);
  return placed(item, text, worst && number(worst.expected), worst && number(worst.claimed));
}

function parameterMessage(item: TestItem, view: CheckView, { name, worst, relativeError }: Parameter): TestMessage {
  const where = worst && worst.index.length > 0 ? ` at [${worst.index.join(', ')}]` : '';
  const error = relativeError === undefined ? '' : `: relative error ${number(relativeError, 2)}`;
  const text = `∂${view.name}/∂${name}${where}${error}`;
  return placed(item, text, worst && number(worst.expected), worst && number(worst.claimed));
}

function placed(item: TestItem, text: string, expected?: string, actual?: string): TestMessage {
  const message =
    expected === undefined || actual === undefined ? new TestMessage(text) : TestMessage.diff(text, expected, actual);
  if (item.uri && item.range) message.location = new Location(item.uri, item.range);
  return message;
}

function number(x: JsonNumber, digits = DIGITS): string {
  return formatNumber(fromJsonNumber(x), { digits });
}
