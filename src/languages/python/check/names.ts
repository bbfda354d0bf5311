/** How derivatives are called: what a name says it is the derivative of, and by what. A name only makes a candidate. */

/** What a name may be the derivative of. */
export interface DerivativeName {
  /** The function or value that is differentiated. */
  readonly of: string;
  /** The variable, where the name says it: `df_dx`. */
  readonly by?: string;
  /** A whole word says so (`derivative`, `gradient`, `prime` …), not a letter. */
  readonly spelled: boolean;
}

const PREFIXES: readonly (readonly [RegExp, boolean])[] = [
  [/^(?:derivative|deriv|gradient|jacobian)(?:_of)?_?(?=.)/i, true],
  [/^grad_(?=.)/, true],
  [/^(?:grad|jac|der|diff|nabla)_?(?=.)/i, false],
  [/^d_?(?=.)/, false],
  [/^D_?(?=[a-z])/, false],
  [/^(?:backward|backprop|bwd)_(?=.)/i, true],
];

const SUFFIXES: readonly (readonly [RegExp, boolean])[] = [
  [/_?(?:derivative|deriv|gradient|jacobian|prime|derivation)$/i, true],
  [/_grad$/, true],
  [/_?(?:Derivative|Deriv|Gradient|Jacobian|Prime|Grad)$/, true],
  [/_(?:grad|jac|der|diff|dx|d|bar|dv)$/i, false],
  [/_(?:backward|backprop|back|bwd|bprop|vjp)$/i, true],
  [/(?:Backward|Backprop)$/, true],
];

/** Words at the end of the name of a forward pass, which the name of its backward pass has in another form. */
const FORWARD = ['', '_forward', '_fwd', '_fprop', '_forwards', 'Forward', '_prop'];

/** The word for a backward pass, wherever it stands in a name: `backward`, `conv_backward_naive`, `back_prop`. */
const BACKWARD_WORD = /(?<=^|_)(?:backwards?|back_?prop(?:agation|agate)?|bprop|bwd|back_?pass)(?=_|$)/i;
/** The words for the forward pass that stand in its place. */
const FORWARD_WORDS = [
  'forward',
  'forwards',
  'forward_prop',
  'forwardprop',
  'forward_propagation',
  'forward_propagate',
  'forward_pass',
  'fprop',
  'fwd',
  'feedforward',
  'feed_forward',
];

/** What the forward pass is called whose backward pass has this name, the likeliest first. */
export function forwardsOf(name: string): string[] {
  if (!BACKWARD_WORD.test(name)) return [];
  const without = name.replace(BACKWARD_WORD, '').replace(/^_|_$/g, '').replace('__', '_');
  return [...FORWARD_WORDS.map((word) => name.replace(BACKWARD_WORD, word)), ...(without === '' ? [] : [without])];
}

/** All readings of a name as a derivative's, the likeliest first. */
export function derivativeNames(name: string): DerivativeName[] {
  const found: DerivativeName[] = [];
  const add = (of: string, spelled: boolean, by?: string): void => {
    if (of !== '' && of !== name) found.push({ of, spelled, ...(by === undefined ? {} : { by }) });
  };
  // df_dx, dfdx, d_f_d_x, dL_dw1
  const quotient = /^(?:d|∂|partial_)_?([\p{L}]\w*?)_?(?:d|∂|wrt|by)_?([\p{L}]\w*)$/u.exec(name);
  if (quotient) add(quotient[1] as string, true, quotient[2]);
  for (const [pattern, spelled] of SUFFIXES) if (pattern.test(name)) add(name.replace(pattern, ''), spelled);
  for (const [pattern, spelled] of PREFIXES) if (pattern.test(name)) add(name.replace(pattern, ''), spelled);
  // grad_f_w, f_grad_w, f_dw: by a variable.
  const byVariable = /^(?:(?:d|grad|gradient)_(\w+?)|(\w+?)_(?:d|grad|gradient))_?(?:wrt_)?([\p{L}]\w*)$/u.exec(name);
  if (byVariable) add((byVariable[1] ?? byVariable[2]) as string, false, byVariable[3]);
  return found;
}

/** Names of the function that a reading means: itself, or with a word for the forward pass. */
export function forwardNames(of: string): string[] {
  const bare = of.replace(/^_+|_+$/g, '');
  return [...new Set([of, bare, ...FORWARD.map((f) => bare + f), `forward_${bare}`, `fwd_${bare}`])];
}

/** The losses beside which `compute_gradient_logistic` may stand: the same words with a loss in place of the gradient. */
export function companionNames(name: string): string[] {
  const found: string[] = [];
  const word = /gradients?|grads?|derivatives?/i.exec(name);
  if (word) {
    const [before, after] = [name.slice(0, word.index), name.slice(word.index + word[0].length)];
    for (const loss of ['cost', 'loss', 'cost_function', 'loss_function', 'error', 'objective', 'mse']) {
      found.push(`${before}${loss}${after}`, `${loss}${after}`, `compute_${loss}${after}`, `calculate_${loss}${after}`);
    }
  }
  return found.filter((other) => other !== name);
}

/** Methods that evaluate, and methods that give the derivative of what they evaluate. */
export const FORWARD_METHODS = [
  'forward',
  '__call__',
  'call',
  'loss',
  'compute_loss',
  'function',
  'func',
  'fn',
  'f',
  'activate',
  'activation',
  'evaluate',
  'value',
  'cost',
  'calculate',
  'compute',
  'forward_pass',
  'predict',
  'fprop',
];
export const BACKWARD_METHODS = ['backward', 'backward_pass', 'bprop', 'backprop', 'backpropagate', 'back'];
export const DERIVATIVE_METHODS = [
  'derivative',
  'prime',
  'gradient',
  'grad',
  'deriv',
  'df',
  'gradients',
  'dloss',
  'd',
  'compute_gradient',
  'compute_gradients',
  'gradient_loss',
  'backward',
];

/** What takes differences, or compares: the user's own check, which is left alone. */
export function isNumericalCheck(name: string): boolean {
  return /numerical|numeric|finite|approx|grad(?:ient)?_?check|check_?grad|(?:^|_)num_?grad|_fd$|^fd_|central_?diff|eval_numerical/i.test(
    name,
  );
}

/** What a gradient's name is called after: `dW1` → `W1`, `grad_w` → `w`, `W1_grad` → `W1`; undefined where it is none. */
export function gradientTarget(name: string): string | undefined {
  const quotient = /^d_?(?:L|J|E|C|loss|cost|error|err|l|out)_?d_?(\w+)$/i.exec(name);
  if (quotient) return quotient[1];
  const prefixed = /^(?:grads?_|gradient_|gradients?_|d_|delta_|g_|nabla_|∂|dL_|dJ_)(\w+)$/i.exec(name);
  if (prefixed) return (prefixed[1] as string).replace(/^d_?(?=[\p{L}])/u, '');
  const suffixed = /^(\w+?)_?(?:grad|gradient|grads|delta|bar|derivative|Grad|Gradient)$/.exec(name);
  if (suffixed) return suffixed[1];
  const letter = /^d(\p{L}\w*)$/u.exec(name);
  return letter?.[1];
}

/** What flows in from above. */
export function isUpstreamName(name: string): boolean {
  return (
    /^(?:d(?:out|output|outputs|y|z|a|h|values|l|loss|L|s|f|o|x|next\w*|prev\w*|_\w+)|dout\w*|upstream\w*|grad\w*|g|gy|gz|delta\w*|error|err|output_(?:grad|error|gradient|delta)\w*|\w*_grad(?:ient)?|\w*_bar|accum_grad|top_diff|cotangent|ct|v?bar|error_signal|dvalues)$/.test(
      name,
    ) || /^d[A-Z]\w*$/.test(name)
  );
}

export function isCacheName(name: string): boolean {
  return /^(?:\w*_)?(?:cache\w*|ctx|context|saved\w*|memory|tape|memo|store|residuals?|state|intermediates?|forward_cache|stuff)$/i.test(
    name,
  );
}

export function isLearningRate(name: string): boolean {
  return /^(?:lr|learning_rate|eta|alpha|step_size|learn_rate|l_rate|rate)$/i.test(name);
}

/** Names of right answers, which a loss is compared with and never differentiated by. */
export function isTargetName(name: string): boolean {
  return /^(?:t|y|Y|target\w*|label\w*|y_true|ytrue|y_train|truth|gt|true\w*|actual|expected|one_hot\w*|onehot|desired|T|tt)$/i.test(
    name,
  );
}

/** Names that can hardly be anything but right answers. */
export function isStrictTargetName(name: string): boolean {
  return isTargetName(name) && !/^[yYT]$/.test(name);
}

/** Widths, rates, thresholds: positive numbers that shape a function and are rarely differentiated by. */
export function isHyperparameter(name: string): boolean {
  return (
    isLearningRate(name) ||
    /^(?:lam|lamb|lambda_?|lmbda|reg\w*|l1|l2|delta|eps\w*|epsilon|sigma|tau|temperature|temp|threshold|slope|margin|width|scale|decay|weight_decay|momentum|rho|nu|dt|k|n|N|m|power|order)$/.test(
      name,
    )
  );
}

/** Shifts and scales of columns: one number a feature. */
export function isPerFeature(name: string): boolean {
  return /^(?:b\d*|bias\w*|beta|gamma|mu|mean|shift|offset|b_\w+|b[a-z])$/.test(name);
}

/** What layers and models are applied to: rows are examples, where there are several. */
export function isDataName(name: string): boolean {
  return /^(?:x|X|xs|inputs?|data|input_\w+|features|A|A_prev|a|a_prev|scores|logits|images?|z|Z|predictions?|y_pred)$/.test(
    name,
  );
}

/** Weights of a layer of several units. */
export function isMatrixName(name: string): boolean {
  return /^(?:W\w*|weights?|kernel|U|V)$/.test(name);
}

/** Functions that give a loss. */
export function isLossFunctionName(name: string): boolean {
  return /(?:^|_)(?:loss|cost|objective|error|mse|bce|nll|entropy|criterion|likelihood)(?:_|$)|(?:Loss|Cost)$/i.test(
    name,
  );
}
