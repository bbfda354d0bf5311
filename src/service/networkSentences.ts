/** Findings about networks in plain sentences, with the numbers behind them. */
import { DEAD_SHARE, type Diagnosis, isStructural, type NoGradient, ORDINARY } from '../autodiff/network/diagnoses';
import type { Layer, Network } from '../autodiff/network/network';
import { formatNumber, printNamePath } from '../format';
import type { Site } from '../model';
import { type DiagnosisView, type Range, toJsonNumber } from '../protocol';

type Words = Pick<DiagnosisView, 'title' | 'text' | 'numbers'> & { advice?: string | undefined };

const number = (x: number) => formatNumber(x, { digits: 3 });

export function inWords(
  diagnosis: Diagnosis,
  network: Network,
  names: readonly string[],
  rangeOfLayer: (index: number) => Range | undefined,
  rangeOfSite: (site: Site) => Range | undefined,
): DiagnosisView {
  const layer = 'layer' in diagnosis ? diagnosis.layer : undefined;
  const [blocked] = 'parameters' in diagnosis ? diagnosis.parameters : [];
  const parameter = blocked && printNamePath(blocked.name);
  const guard = 'guard' in diagnosis ? diagnosis.guard : undefined;
  const range = guard ? rangeOfSite(guard.site) : layer === undefined ? undefined : rangeOfLayer(layer);
  const { advice, ...words } = wordsOf(diagnosis, network, names);
  return {
    code: diagnosis.code,
    severity: diagnosis.code === 'saturated' ? 'information' : 'warning',
    structural: isStructural(diagnosis),
    ...(layer === undefined ? {} : { layer }),
    ...(parameter === undefined ? {} : { parameter }),
    ...words,
    ...(advice === undefined ? {} : { advice }),
    ...(range ? { range } : {}),
  };
}

function wordsOf(d: Diagnosis, { layers }: Network, names: readonly string[]): Words {
  const nameOf = (index: number) => {
    const name = names[index] ?? `layer ${index + 1}`;
    return name === `layer ${index + 1}` ? name : `${name} (layer ${index + 1})`;
  };
  const of = (index: number) => layers[index] as Layer;
  switch (d.code) {
    case 'vanishing':
    case 'exploding': {
      const times = d.code === 'vanishing' ? 1 / d.overall : d.overall;
      const smaller = d.code === 'vanishing' ? 'smaller' : 'larger';
      const count = d.factors.length;
      const mean = d.overall ** (1 / count);
      const change = d.code === 'vanishing' ? 'is lost' : 'is added';
      const place =
        d.part === 'activation'
          ? `in the activation of ${nameOf(d.layer)} (${of(d.layer).activation.name})`
          : `at the weights of ${nameOf(d.layer)}`;
      const where = d.even
        ? `Each of the ${count} steps back multiplies δ by about ${number(mean)}: ${number(mean)}${superscript(count)} = ${number(d.overall)}.`
        : `Most of it ${change} ${place}: a factor of ${number(d.factor)} in one step back.`;
      return {
        title: d.code === 'vanishing' ? 'The gradient vanishes' : 'The gradient explodes',
        text: `At layer ${d.to + 1} δ is about ${number(times)} times ${smaller} than at layer ${layers.length}. ${where}`,
        numbers: {
          overall: toJsonNumber(d.overall),
          factor: toJsonNumber(d.factor),
          layers: layers.length,
          ...Object.fromEntries(d.factors.map((f, i) => [`factor${i + 1}`, toJsonNumber(f)])),
        },
        advice:
          d.code === 'vanishing'
            ? 'Activations with a slope near 1 (ReLU, tanh near 0), weights of the size that keeps δ (1/√fan-in), or connections past layers.'
            : 'Smaller initial weights (1/√fan-in), or a bound on the norm of the gradient.',
      };
    }
    case 'saturated':
      return {
        title: 'Units are saturated',
        text: `${d.count} of the ${d.of} values of ${nameOf(d.layer)} sit where the slope of ${of(d.layer).activation.name} is below ${number(d.below)}: little of the gradient passes.`,
        numbers: { count: d.count, of: d.of, slope: d.below },
        advice: 'Smaller initial weights, or inputs of size 1.',
      };
    case 'dead':
      return {
        title: d.units === d.of ? 'A layer is dead' : 'Units are dead',
        text:
          d.units === d.of
            ? `${d.of === 1 ? 'The unit' : `All ${d.of} units`} of ${nameOf(d.layer)} ${d.of === 1 ? 'is' : 'are'} off for ${examples(d.samples)}: the slope is 0, and no gradient passes to it or to any layer before.`
            : `${d.units} of the ${d.of} units of ${nameOf(d.layer)} are off for all ${d.samples} examples: their weights get no gradient. (From ${DEAD_SHARE * 100} % of the units on it is said.)`,
        numbers: { units: d.units, of: d.of, samples: d.samples },
        advice: 'A smaller learning rate or bias, or an activation with a slope on both sides (leaky ReLU).',
      };
    case 'flat':
      return {
        title: 'The activation is flat',
        text: `${of(d.layer).activation.text || of(d.layer).activation.name} of ${nameOf(d.layer)} has a derivative of 0 almost everywhere between ${number(ORDINARY[0])} and ${number(ORDINARY[1])}, and at ${d.count} of its ${d.of} values: nothing before it can learn by its gradient.`,
        numbers: { count: d.count, of: d.of },
        advice: 'An activation with a slope where the units sit.',
      };
    case 'swinging':
      return {
        title: 'The activation swings',
        text: `The slope of ${of(d.layer).activation.text || of(d.layer).activation.name} of ${nameOf(d.layer)} changes its sign ${d.changes} times between ${number(ORDINARY[0])} and ${number(ORDINARY[1])}: the gradient is right, but holds for the smallest of steps only.`,
        numbers: { changes: d.changes },
        advice: 'A monotone activation.',
      };
    case 'no-gradient':
      return { title: 'A parameter gets no gradient', ...why(d, nameOf, of), numbers: {} };
    case 'loss-not-connected':
      return {
        title: 'The loss depends on no parameter',
        text: 'No path leads from any parameter to the loss: it is computed from data, or from decisions, alone.',
        numbers: {},
      };
    case 'not-finite':
      return {
        title: 'The gradient is no number',
        text: `At ${nameOf(d.layer)} the gradient is NaN or infinite: the trace shows the first step where it happens.`,
        numbers: {},
      };
  }
}

function why(
  d: NoGradient,
  nameOf: (index: number) => string,
  of: (index: number) => Layer,
): { text: string; advice?: string } {
  const names = d.parameters.map((p) => printNamePath(p.name));
  const name = listed(names);
  const many = names.length > 1;
  const at = d.at ?? 0;
  switch (d.why) {
    case 'unused':
      return { text: `The loss does not use ${name}: ${many ? 'they' : 'it'} would never change.` };
    case 'decision':
      return {
        text: `${name} ${many ? 'reach' : 'reaches'} the loss only through a decision (a comparison, a whole number, an index): that has no derivative.`,
        advice: 'A smooth function in place of the decision.',
      };
    case 'zero-input':
      return {
        text: `The gradient by ${name} is exactly 0: what ${many ? 'they weigh' : 'it weighs'} is 0 for every example.`,
      };
    case 'zero-factor':
      return { text: `The gradient by ${name} is exactly 0: on every way to the loss a factor is 0.` };
    case 'zero-weights':
      return {
        text: `The gradient by ${name} is exactly 0: the weights of ${nameOf(at)}, which it would pass, are 0.`,
        advice: 'Small random weights in place of zeros.',
      };
    case 'zero-slope':
      return {
        text: `The gradient by ${name} is exactly 0: the slope of ${of(at).activation.name} of ${nameOf(at)} is 0 at every value.`,
      };
  }
}

/** The first few of a list of names. */
function listed(names: readonly string[]): string {
  if (names.length <= 3) return names.join(', ').replace(/, ([^,]*)$/, ' and $1');
  return `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`;
}

function examples(n: number): string {
  return n === 1 ? 'the example' : `all ${n} examples`;
}

function superscript(n: number): string {
  return [...String(n)].map((c) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(c)] ?? c).join('');
}
