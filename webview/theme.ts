/**
 * Themes with a ground of middle grey: neither the light nor the dark lightness of the roles stands out from
 * it, so the lightness is worked out from the ground itself.
 */

/** Relative luminance of an sRGB colour, as WCAG defines it. */
export function luminance([r, g, b]: readonly [number, number, number]): number {
  const linear = (c: number) => (c <= 10.31475 ? c / 3294.6 : ((c / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

/**
 * Oklab lightness that text needs on a ground to reach a contrast of 4.6 : 1, or nearly black or white where
 * no lightness does. `undefined` where the stylesheet's own values will do.
 */
export function lightnessOn(ground: number): number | undefined {
  if (ground < 0.04 || ground > 0.8) return undefined;
  const lighter = 4.6 * (ground + 0.05) - 0.05;
  const darker = (ground + 0.05) / 4.6 - 0.05;
  // Of a grey, Oklab's lightness is the cube root of its luminance.
  if (darker > 0) return Math.max(0.12, Math.cbrt(darker) - 0.02);
  return Math.min(0.97, Math.cbrt(Math.min(1, lighter)) + 0.02);
}

const ROLES = ['--l-tangent', '--l-adjoint', '--l-warn', '--l-fail', '--l-pass'];

/** Sets the roles for the theme as it is, and again whenever it changes. */
export function followTheme(): void {
  const apply = (): void => {
    for (const role of ROLES) document.body.style.removeProperty(role);
    if (/high-contrast/.test(document.body.className)) return;
    const found = /^rgba?\((\d+), (\d+), (\d+)/.exec(getComputedStyle(document.body).backgroundColor);
    if (!found) return;
    const lightness = lightnessOn(luminance([Number(found[1]), Number(found[2]), Number(found[3])]));
    if (lightness === undefined) return;
    for (const role of ROLES) document.body.style.setProperty(role, lightness.toFixed(3));
  };
  apply();
  // VS Code sets the theme's class on the body and its variables on the root element.
  const observer = new MutationObserver(apply);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
}
