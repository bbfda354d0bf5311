/** The commands of LaTeX mathematics that the parser knows, each stated once. */
import type { ArrowOperator, BinaryOperator, RelationOperator } from './tree';

const words = (list: string) => list.split(' ');

/** Commands that are letters; the canonical name is that of the command. */
export const LETTERS: ReadonlySet<string> = new Set(
  words(
    'alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi omicron pi varpi ' +
      'rho varrho sigma varsigma tau upsilon phi varphi chi psi omega ' +
      'Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega ell infty emptyset varnothing hbar imath jmath Re Im aleph',
  ),
);

/** Functions with a fixed meaning, by command, and the name of what they compute. */
export const FUNCTIONS: ReadonlyMap<string, string> = new Map([
  ...words(
    'sin cos tan cot sec csc sinh cosh tanh coth sech csch log ln exp det tr dim ker rank gcd max min sup inf lg',
  ).map((f): [string, string] => [f, f]),
  // As programs and computer algebra print them. Not acot: books differ in its branch for negative arguments.
  ...words('asin acos atan asec acsc asinh acosh atanh asech acsch acoth').map((f): [string, string] => [f, f]),
  ['arcsin', 'asin'],
  ['arccos', 'acos'],
  ['arctan', 'atan'],
  ['arsinh', 'asinh'],
  ['arcosh', 'acosh'],
  ['artanh', 'atanh'],
  ['arcsec', 'asec'],
  ['arccsc', 'acsc'],
  ['arsech', 'asech'],
  ['arcsch', 'acsch'],
  ['arcoth', 'acoth'],
  ['arcsinh', 'asinh'],
  ['arccosh', 'acosh'],
  ['arctanh', 'atanh'],
]);

/** What f^{-1} means for these. */
export const INVERSES: ReadonlyMap<string, string> = new Map([
  ['sin', 'asin'],
  ['cos', 'acos'],
  ['tan', 'atan'],
  ['sinh', 'asinh'],
  ['cosh', 'acosh'],
  ['tanh', 'atanh'],
]);

/** Function words that people type as plain letters: `softmax(z)`, `exp(-x)`. Read so only before a bracket. */
export const BARE_WORDS: readonly string[] = words(
  'softmax sigmoid softplus ReLU relu GELU gelu KL MSE BCE CE Var Cov sign sgn diag erf ' +
    'arcsin arccos arctan sinh cosh tanh sin cos tan sqrt log exp max min ln',
);

/** Accent commands and the prefix of the name that they make. */
export const ACCENTS: ReadonlyMap<string, string> = new Map([
  ['hat', 'hat'],
  ['widehat', 'hat'],
  ['bar', 'bar'],
  ['overline', 'bar'],
  ['tilde', 'tilde'],
  ['widetilde', 'tilde'],
  ['dot', 'dot'],
  ['ddot', 'ddot'],
  ['dddot', 'dddot'],
  ['vec', 'vec'],
  ['overrightarrow', 'vec'],
  ['check', 'check'],
  ['widecheck', 'check'],
  ['breve', 'breve'],
  ['acute', 'acute'],
  ['grave', 'grave'],
  ['mathring', 'ring'],
  ['underline', 'under'],
]);

/** Font commands and the prefix of the name; an empty prefix makes no difference to the name. */
export const FONTS: ReadonlyMap<string, string> = new Map([
  ['mathbf', 'bf'],
  ['boldsymbol', 'bf'],
  ['bm', 'bf'],
  ['bf', 'bf'],
  ['vb', 'bf'],
  ['pmb', 'bf'],
  ['mathcal', 'cal'],
  ['cal', 'cal'],
  ['mathscr', 'scr'],
  ['mathbb', 'bb'],
  ['mathds', 'bb'],
  ['mathbbm', 'bb'],
  ['mathfrak', 'frak'],
  ['mathsf', ''],
  ['mathit', ''],
  ['mathrm', ''],
  ['rm', ''],
  ['mathtt', ''],
  ['mathnormal', ''],
]);

/** Commands whose argument is a word or a phrase. */
export const TEXTS: ReadonlySet<string> = new Set(
  words(
    'text textrm textit textbf textsf texttt textup textnormal mbox hbox mathrm mathsf mathit mathtt operatorname operatorname*',
  ),
);

export const RELATIONS: ReadonlyMap<string, RelationOperator> = new Map<string, RelationOperator>([
  ['=', 'eq'],
  ['<', 'lt'],
  ['>', 'gt'],
  ['lt', 'lt'],
  ['gt', 'gt'],
  ['le', 'le'],
  ['leq', 'le'],
  ['leqslant', 'le'],
  ['leqq', 'le'],
  ['ge', 'ge'],
  ['geq', 'ge'],
  ['geqslant', 'ge'],
  ['geqq', 'ge'],
  ['ne', 'ne'],
  ['neq', 'ne'],
  ['approx', 'approx'],
  ['approxeq', 'approx'],
  ['simeq', 'approx'],
  ['cong', 'approx'],
  ['doteq', 'approx'],
  ['equiv', 'equiv'],
  ['sim', 'sim'],
  ['propto', 'propto'],
  ['in', 'in'],
  ['notin', 'notin'],
  ['subset', 'subset'],
  ['subseteq', 'subset'],
  ['ll', 'll'],
  ['gg', 'gg'],
  ['triangleq', 'define'],
  ['coloneqq', 'define'],
  ['coloneq', 'define'],
  ['defeq', 'define'],
]);

export const ARROWS: ReadonlyMap<string, ArrowOperator | 'update'> = new Map<string, ArrowOperator | 'update'>([
  ['leftarrow', 'update'],
  ['gets', 'update'],
  ['longleftarrow', 'leftarrow'],
  ['Leftarrow', 'leftarrow'],
  ['rightarrow', 'arrow'],
  ['to', 'arrow'],
  ['longrightarrow', 'arrow'],
  ['hookrightarrow', 'arrow'],
  ['rightsquigarrow', 'arrow'],
  ['Rightarrow', 'implies'],
  ['Longrightarrow', 'implies'],
  ['implies', 'implies'],
  ['iff', 'iff'],
  ['Leftrightarrow', 'iff'],
  ['Longleftrightarrow', 'iff'],
  ['leftrightarrow', 'iff'],
  ['mapsto', 'mapsto'],
  ['longmapsto', 'mapsto'],
  ['xrightarrow', 'arrow'],
  ['xleftarrow', 'leftarrow'],
]);

export const ADDITIVE: ReadonlyMap<string, BinaryOperator> = new Map<string, BinaryOperator>([
  ['+', 'add'],
  ['-', 'sub'],
  ['pm', 'plusminus'],
  ['mp', 'plusminus'],
  ['oplus', 'directsum'],
  ['cup', 'union'],
  ['cap', 'intersection'],
  ['setminus', 'setminus'],
]);

export const MULTIPLICATIVE: ReadonlyMap<string, BinaryOperator> = new Map<string, BinaryOperator>([
  ['*', 'mul'],
  ['cdot', 'mul'],
  ['times', 'mul'],
  ['ast', 'mul'],
  ['bullet', 'mul'],
  ['/', 'div'],
  ['div', 'div'],
  ['oslash', 'div'],
  ['odot', 'hadamard'],
  ['circ', 'compose'],
  ['otimes', 'outer'],
  ['bmod', 'mod'],
  ['mod', 'mod'],
  ['pmod', 'mod'],
]);

/** Opening delimiters and what closes them. */
export const DELIMITERS: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['\\{', '\\}'],
  ['lbrace', 'rbrace'],
  ['lbrack', 'rbrack'],
  ['lparen', 'rparen'],
  ['lfloor', 'rfloor'],
  ['lceil', 'rceil'],
  ['langle', 'rangle'],
  ['lvert', 'rvert'],
  ['lVert', 'rVert'],
]);

export const CLOSERS: ReadonlySet<string> = new Set(DELIMITERS.values());

export const DOTS: ReadonlySet<string> = new Set(words('dots ldots cdots vdots ddots dotsc dotsb dotsm dotsi adots'));

/** Commands around an expression that leave it what it is; `true`: an argument comes first that is no mathematics. */
export const ANNOTATIONS: ReadonlyMap<string, boolean> = new Map([
  ['underbrace', false],
  ['overbrace', false],
  ['underbracket', false],
  ['overbracket', false],
  ['boxed', false],
  ['fbox', false],
  ['cancel', false],
  ['bcancel', false],
  ['ensuremath', false],
  ['smash', false],
  ['colorbox', true],
  ['textcolor', true],
  ['overset', true],
  ['underset', true],
  ['stackrel', true],
]);

/** Commands that only say how to set what follows. */
export const SPACING: ReadonlySet<string> = new Set(
  words(
    'big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm Bigm biggm Biggm middle limits nolimits ' +
      'displaystyle textstyle scriptstyle scriptscriptstyle thinspace medspace thickspace negthinspace negmedspace ' +
      'enspace nobreak allowbreak nonumber notag hline mathstrut strut mathop mathrel mathbin mathord mathopen mathclose ' +
      'centering noindent left right',
  ),
);

/** Commands whose argument is not part of the formula. */
export const WITHOUT_MEANING: ReadonlySet<string> = new Set(
  words('label tag tag* hspace hspace* vspace vspace* mspace phantom hphantom vphantom color require cite ref eqref'),
);

/** Single characters that stand for a command. */
export const UNICODE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    α: 'alpha',
    β: 'beta',
    γ: 'gamma',
    δ: 'delta',
    ε: 'varepsilon',
    ϵ: 'epsilon',
    ζ: 'zeta',
    η: 'eta',
    θ: 'theta',
    κ: 'kappa',
    λ: 'lambda',
    μ: 'mu',
    ν: 'nu',
    ξ: 'xi',
    π: 'pi',
    ρ: 'rho',
    σ: 'sigma',
    τ: 'tau',
    φ: 'varphi',
    ϕ: 'phi',
    χ: 'chi',
    ψ: 'psi',
    ω: 'omega',
    Γ: 'Gamma',
    Δ: 'Delta',
    Θ: 'Theta',
    Λ: 'Lambda',
    Ξ: 'Xi',
    Π: 'Pi',
    Σ: 'Sigma',
    Φ: 'Phi',
    Ψ: 'Psi',
    Ω: 'Omega',
    ℓ: 'ell',
    '∞': 'infty',
    '∂': 'partial',
    '∇': 'nabla',
    '∑': 'sum',
    '∏': 'prod',
    '∫': 'int',
    '√': 'sqrt',
    '°': 'degree',
    '·': 'cdot',
    '⋅': 'cdot',
    '×': 'times',
    '÷': 'div',
    '⊙': 'odot',
    '⊗': 'otimes',
    '∘': 'circ',
    '±': 'pm',
    '≤': 'le',
    '≥': 'ge',
    '≠': 'ne',
    '≈': 'approx',
    '≡': 'equiv',
    '∈': 'in',
    '∝': 'propto',
    '←': 'leftarrow',
    '→': 'rightarrow',
    '⇒': 'Rightarrow',
    '⇔': 'iff',
    '…': 'dots',
    '⋯': 'cdots',
    '⊤': 'top',
    '′': 'prime',
    '∀': 'forall',
    '∃': 'exists',
    '∵': 'because',
    '∴': 'therefore',
  }),
);

/** Unicode superscript and subscript characters. */
export const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
export const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉';
