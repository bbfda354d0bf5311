export { type Directive, type Layout, LAYOUTS } from './directive';
export { isFault, mayHoldDirectives, readDirective } from './read';
export { sample, type Sampler } from './sampler';
