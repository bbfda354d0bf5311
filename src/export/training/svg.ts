import { fromJsonNumber, type TrainingOutput, type TrainingView } from '../../protocol';
import { formatNumber } from '../../format';

const [LEFT, RIGHT, HEIGHT] = [70, 620, 220];

/** The loss over the turns; without a loss, the parameters. */
export function svg({ trainings }: TrainingOutput): string {
  const shown = trainings.flatMap(({ training }) => (training ? [training] : []));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${RIGHT + 90}" height="${shown.length * (HEIGHT + 60) + 16}" font-family="sans-serif" font-size="12">`,
    '<rect width="100%" height="100%" fill="white"/>',
    ...shown.map((training, i) => picture(training, 16 + i * (HEIGHT + 60))),
    '</svg>',
  ].join('\n');
}

function picture(training: TrainingView, top: number): string {
  const series = training.loss ? [training.loss] : training.parameters;
  const all = series.flatMap((s) => s.values.map(fromJsonNumber)).filter(Number.isFinite);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const x = (turn: number) => LEFT + (turn / Math.max(1, training.turns - 1)) * (RIGHT - LEFT);
  const y = (v: number) => top + 24 + (1 - (v - low) / (high - low || 1)) * (HEIGHT - 24);
  const lines = series.map(({ name, values }) => {
    const points = values
      .map(fromJsonNumber)
      .flatMap((v, t) => (Number.isFinite(v) ? [`${x(t).toFixed(1)},${y(v).toFixed(1)}`] : []));
    const end = points[points.length - 1]?.split(',') ?? [String(LEFT), String(top)];
    return `<polyline points="${points.join(' ')}" fill="none" stroke="#333"/><text x="${Number(end[0]) + 6}" y="${end[1]}">${escape(name)}</text>`;
  });
  const bottom = top + HEIGHT;
  return [
    `<text x="16" y="${top + 8}" font-weight="600">${escape(training.name)}</text>`,
    `<path d="M${LEFT} ${bottom}H${RIGHT}" stroke="#999"/>`,
    `<text x="${LEFT - 6}" y="${y(high) + 4}" text-anchor="end">${formatNumber(high)}</text>`,
    `<text x="${LEFT - 6}" y="${y(low) + 4}" text-anchor="end">${formatNumber(low)}</text>`,
    `<text x="${LEFT}" y="${bottom + 16}">0</text><text x="${RIGHT}" y="${bottom + 16}" text-anchor="end">turn ${training.turns - 1}</text>`,
    ...lines,
  ].join('\n');
}

function escape(s: string): string {
  return s.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c);
}
