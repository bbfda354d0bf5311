/** Names of steps and inputs as light text: long lists need no typesetting for them. */
import { nameText } from '../../src/format/nameText';
import { Tex } from './Tex';

export type Accent = 'none' | 'dot' | 'bar';

/** v₄, v̇₄ or v̄₄. */
export function StepName({ index, accent = 'none' }: { index: number; accent?: Accent }) {
  return (
    <span class={`var ${accent}`}>
      <span class="letter">v</span>
      <sub>{index}</sub>
    </span>
  );
}

const SPOKEN: Record<Accent, string> = { none: 'v', dot: 'v dot', bar: 'v bar' };

export function spokenStep(index: number, accent: Accent = 'none'): string {
  return `${SPOKEN[accent]} ${index}`;
}

/** A name in TeX: as light text where it is a letter or a word with scripts, typeset otherwise. */
export function Name({ tex, accent = 'none' }: { tex: string; accent?: Accent }) {
  const name = nameText(tex);
  if (!name) return <Tex tex={accent === 'none' ? tex : `\\${accent}{${tex}}`} />;
  return (
    <span class={`var ${accent}`}>
      <span class={name.style}>{name.base}</span>
      {name.sup !== undefined && <sup>{name.sup}</sup>}
      {name.sub !== undefined && <sub>{name.sub}</sub>}
    </span>
  );
}

/** ∂y/∂x in one line, or ∂²y/∂x². */
export function Partial({ of, by, order = 1 }: { of: string; by: string; order?: 1 | 2 }) {
  const power = order === 2 && <sup>2</sup>;
  return (
    <span class="partial">
      ∂{power}
      <span class="of">
        <Name tex={of} />
      </span>
      <span class="solidus">/</span>∂
      <Name tex={by} />
      {power}
    </span>
  );
}
