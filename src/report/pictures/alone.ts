/**
 * A picture taken out of the page: with its title above and what its colours mean below, on its own ground, in the colours of the
 * reader's day or night.
 */
import { html, type Markup, raw } from '../page/markup.ts';
import { DARK, LIGHT } from '../page/style.ts';
import { fitText, textWidth } from './canvas.ts';
import { FAINT, INK } from './palette.ts';

export interface LegendEntry {
  readonly color: string;
  readonly text: string;
}

const PADDING = 16;
const HEAD = 44;
const LINE = 22;
const SWATCH = 12;

/** `picture` is SVG of `drawPlot`. */
export function frame(picture: Markup, title: string, legend: readonly LegendEntry[]): string {
  const [, width = '0', height = '0'] = /viewBox="0 0 (\d+) (\d+)"/.exec(picture.markup) ?? [];
  const across = Number(width) + 2 * PADDING;
  const entries = place(legend, Number(width));
  const lines = Math.max(0, ...entries.map(({ line }) => line + 1));
  const down = HEAD + Number(height) + (lines === 0 ? 0 : 8 + lines * LINE) + PADDING;
  const style = `svg{${LIGHT.trim()}}@media (prefers-color-scheme: dark){svg{${DARK.trim()}}}`;
  const inside = picture.markup.replace('<svg', () => `<svg x="${PADDING}" y="${HEAD}"`);
  return html`<svg xmlns="http://www.w3.org/2000/svg" width="${across}" height="${down}" viewBox="0 0 ${across} ${down}" font-family="system-ui, -apple-system, 'Segoe UI', Inter, Roboto, sans-serif" font-size="12"><style>${raw(style)}</style><rect width="100%" height="100%" fill="var(--ground)"/>
<text x="${PADDING}" y="27" font-size="14" font-weight="600" fill="${raw(INK)}">${fitText(title, (Number(width) * 12) / 14)}</text>
${raw(inside)}
${entries.map(({ color, text, x, line }) => {
  const y = HEAD + Number(height) + 8 + line * LINE;
  return html`<rect x="${PADDING + x}" y="${y}" width="${SWATCH}" height="${SWATCH}" rx="2" fill="${raw(color)}"/><text x="${PADDING + x + SWATCH + 6}" y="${y + 10}" fill="${raw(FAINT)}">${text}</text>`;
})}</svg>
`.markup;
}

/** From left to right, in as many lines as it takes. */
function place(legend: readonly LegendEntry[], width: number) {
  let [x, line] = [0, 0];
  return legend.map((entry) => {
    const room = SWATCH + 6 + textWidth(entry.text) + 16;
    if (x > 0 && x + room > width) [x, line] = [0, line + 1];
    const placed = { ...entry, x, line };
    x += room;
    return placed;
  });
}
