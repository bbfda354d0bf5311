/** Which function a directive belongs to. */
import type { PythonAnalysis } from '../analysis';
import type { Directive } from '../../directives';
import type { Found } from '../find/traceables';

/** The function that a directive is in or stands right above; none of the module's own. */
export function ownerOf(d: Directive, analysis: PythonAnalysis): Found | undefined {
  return analysis.everything.find(
    (t) => 'node' in t && ((d.from >= t.span.from && d.to <= t.span.to) || rightAbove(d, t.node, analysis)),
  );
}

/** A directive inside a function or right above it is that function's; any other is the script's. */
export function belongsTo(d: Directive, found: Found, analysis: PythonAnalysis): boolean {
  const owner = ownerOf(d, analysis);
  return owner ? owner === found : !('node' in found);
}

function rightAbove(d: Directive, node: { readonly from: number }, analysis: PythonAnalysis): boolean {
  if (d.to > node.from) return false;
  const between = analysis.document.text.slice(d.to, node.from);
  return /^(?:\s|#[^\n]*\n|@[^\n]*\n)*$/.test(between);
}
