import { formatNumber } from '../../format';
import { fromJsonNumber, type JsonNumber, type NetworkOutput, type NetworkView } from '../../protocol';

const ROW = 28;
const [NAME, BARS, END] = [240, 280, 640];

/** Layers in order with the range of their gradients on a logarithmic axis, as a picture by itself. */
export function svg({ networks }: NetworkOutput): string {
  const shown = networks.flatMap(({ network }) => (network ? [network] : []));
  let top = 16;
  const parts = shown.map((network) => {
    const part = picture(network, top);
    top += part.height;
    return part.text;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${END + 16}" height="${top}" font-family="sans-serif" font-size="13">`,
    `<rect width="100%" height="100%" fill="white"/>`,
    ...parts,
    '</svg>',
  ].join('\n');
}

function picture(network: NetworkView, top: number): { text: string; height: number } {
  const sizes = network.layers
    .flatMap((l) => (l.gradient ? [l.gradient.low, l.gradient.median, l.gradient.high] : []))
    .map(fromJsonNumber)
    .filter((x) => x > 0 && Number.isFinite(x));
  const from = Math.floor(Math.log10(Math.min(1, ...sizes)));
  const to = Math.max(from + 1, Math.ceil(Math.log10(Math.max(1e-300, ...sizes))));
  const x = (size: JsonNumber) =>
    BARS + ((Math.log10(Math.max(fromJsonNumber(size), 10 ** from)) - from) / (to - from)) * (END - BARS);
  const lines = [
    `<text x="16" y="${top + 14}" font-weight="600">${escape(network.title)}</text>`,
    `<text x="16" y="${top + 34}" fill="#555">${escape(`${network.structure}, ${network.parameterCount} parameters; |∂L/∂W| median, 5 to 95 %`)}</text>`,
    ...network.diagnoses.map(
      (d, i) => `<text x="16" y="${top + 54 + 20 * i}" fill="#8a5a00">⚠ ${escape(`${d.title}. ${d.text}`)}</text>`,
    ),
  ];
  const table = top + 50 + 20 * network.diagnoses.length;
  network.layers.forEach((layer, i) => {
    const y = table + ROW * i + 14;
    lines.push(
      `<text x="16" y="${y + 4}">${escape(`${layer.name}  ${layer.activation.name}`)}</text>`,
      `<text x="${NAME}" y="${y + 4}" text-anchor="end" fill="#555">${layer.parameterCount}</text>`,
    );
    if (!layer.gradient) return lines.push(`<text x="${BARS}" y="${y + 4}" fill="#555">∅ not connected</text>`);
    const { low, median, high } = layer.gradient;
    if (fromJsonNumber(median) > 0)
      return lines.push(
        `<line x1="${x(low)}" x2="${x(high)}" y1="${y}" y2="${y}" stroke="#b5541c" stroke-opacity="0.4" stroke-width="4"/>`,
        `<circle cx="${x(median)}" cy="${y}" r="4" fill="#b5541c"><title>${formatNumber(fromJsonNumber(median))}</title></circle>`,
      );
    return lines.push(`<text x="${BARS}" y="${y + 4}" fill="#555">0</text>`);
  });
  const axis = table + ROW * network.layers.length + 8;
  const step = Math.max(1, Math.ceil((to - from) / 6));
  for (let e = from; e <= to; e += step) {
    const at = BARS + ((e - from) / (to - from)) * (END - BARS);
    lines.push(
      `<line x1="${at}" x2="${at}" y1="${table}" y2="${axis - 8}" stroke="#ddd"/>`,
      `<text x="${at}" y="${axis + 6}" text-anchor="middle" font-size="11" fill="#555">1e${e}</text>`,
    );
  }
  return { text: lines.join('\n'), height: axis + 24 - top };
}

function escape(s: string): string {
  return s.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c);
}
