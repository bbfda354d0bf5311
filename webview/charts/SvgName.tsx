/** A name inside a drawing: one letter with a subscript in the face of formulas, other names as plain text. */
const SIMPLE = /^([A-Za-z])(?:_\{?([A-Za-z0-9,]+)\}?)?$/;

export function SvgName({ tex, x, y, anchor = 'middle' }: { tex: string; x: number; y: number; anchor?: string }) {
  const simple = SIMPLE.exec(tex);
  return (
    <text class="svg-name" x={x} y={y} text-anchor={anchor}>
      <tspan class={simple ? 'letter' : 'plain'}>{simple ? simple[1] : plain(tex)}</tspan>
      {simple?.[2] !== undefined && (
        <tspan class="sub" dy={3}>
          {simple[2]}
        </tspan>
      )}
    </text>
  );
}

/** TeX of a name without its commands: `\mathbf{W}_{1}` → `W1`. */
function plain(tex: string): string {
  return tex.replace(/\\[A-Za-z]+/g, '').replace(/[{}\\_^]/g, '');
}
