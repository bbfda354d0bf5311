/** Names of steps and inputs as light text: long lists need no typesetting for them. */
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

const SIMPLE = /^([A-Za-z])(?:_\{?([A-Za-z0-9,]+)\}?)?$/;

/** A name in TeX: as light text where it is one letter with a subscript, typeset otherwise. */
export function Name({ tex, accent = 'none' }: { tex: string; accent?: Accent }) {
  const simple = SIMPLE.exec(tex);
  if (!simple) return <Tex tex={accent === 'none' ? tex : `\\${accent}{${tex}}`} />;
  return (
    <span class={`var ${accent}`}>
      <span class="letter">{simple[1]}</span>
      {simple[2] !== undefined && <sub>{simple[2]}</sub>}
    </span>
  );
}

/** ∂y/∂x in one line. */
export function Partial({ of, by }: { of: string; by: string }) {
  return (
    <span class="partial">
      ∂<Name tex={of} />
      <span class="solidus">/</span>∂<Name tex={by} />
    </span>
  );
}
