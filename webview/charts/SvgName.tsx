/** A name inside a drawing: one letter with a subscript in the face of formulas, other names as plain text. */
import { nameText, plainName } from '../../src/format/nameText';

export function SvgName({ tex, x, y, anchor = 'middle' }: { tex: string; x: number; y: number; anchor?: string }) {
  const name = nameText(tex);
  return (
    <text class="svg-name" x={x} y={y} text-anchor={anchor}>
      <tspan class={name && name.style !== 'word' ? 'letter' : 'plain'}>{name?.base ?? plainName(tex)}</tspan>
      {name?.sub !== undefined && (
        <tspan class="sub" dy={3}>
          {name.sub}
        </tspan>
      )}
    </text>
  );
}
