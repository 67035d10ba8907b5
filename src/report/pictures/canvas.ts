/**
 * Observable Plot without a browser: SVG text through linkedom. What comes out has a title and a description for those who
 * don't see it, no style of its own (the page's policy refuses inline style), and no identifier used twice.
 */
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { type Markup, raw } from '../page/markup.ts';
import { printable } from '../terminal.ts';
import { INK } from './palette.ts';

export interface Caption {
  /** Unique on the page. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
}

/** What is used here of an element: the compiler knows no browser. */
interface Element {
  readonly outerHTML: string;
  textContent: string | null;
  querySelectorAll(selector: string): Iterable<Element>;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  prepend(...children: readonly Element[]): void;
  remove(): void;
}

const FONT = 'system-ui, -apple-system, "Segoe UI", Inter, Roboto, sans-serif';

export function drawPlot(options: Plot.PlotOptions, caption: Caption): Markup {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const svg = Plot.plot({ ...options, document: document as never, figure: false }) as unknown as Element;
  for (const style of svg.querySelectorAll('style')) style.remove();
  for (const element of [svg, ...svg.querySelectorAll('[style]')]) element.removeAttribute('style');
  // Plot names its parts for screen readers one by one; here the picture is one image with one description.
  for (const element of svg.querySelectorAll('[aria-label],[aria-description]')) {
    element.removeAttribute('aria-label');
    element.removeAttribute('aria-description');
  }
  for (const element of svg.querySelectorAll('[id]')) {
    const id = element.getAttribute('id')!;
    for (const user of svg.querySelectorAll(`[clip-path="url(#${id})"]`))
      user.setAttribute('clip-path', `url(#${caption.id}-${id})`);
    element.setAttribute('id', `${caption.id}-${id}`);
  }
  const title = document.createElementNS(NAMESPACE, 'title');
  title.setAttribute('id', `${caption.id}-title`);
  title.textContent = printable(caption.title);
  const description = document.createElementNS(NAMESPACE, 'desc');
  description.setAttribute('id', `${caption.id}-desc`);
  description.textContent = printable(caption.description);
  svg.prepend(title, description);
  svg.removeAttribute('class');
  svg.setAttribute('xmlns', NAMESPACE);
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-labelledby', `${caption.id}-title ${caption.id}-desc`);
  svg.setAttribute('font-family', FONT);
  svg.setAttribute('font-size', '12');
  svg.setAttribute('font-variant-numeric', 'tabular-nums');
  return raw(joinDots(roundNumbers(svg.outerHTML)));
}

const NAMESPACE = 'http://www.w3.org/2000/svg';

/** Hundredths of a pixel are enough; only attributes are touched, never a name that happens to hold a number. */
function roundNumbers(svg: string): string {
  return svg.replace(/="[^"]*"/g, (value) =>
    value.replace(/-?\d+\.\d{3,}(?:e-\d+)?/g, (number) => String(Number(Number(number).toFixed(2)))),
  );
}

/** Many small filled circles as one path of round caps: a tenth of the size, the same picture. Rings (radius 4) stay. */
function joinDots(svg: string): string {
  return svg.replace(
    /<circle r="(2|3\.2)" cy="[\d.-]+" cx="[\d.-]+" ?\/>(?:<circle r="\1" cy="[\d.-]+" cx="[\d.-]+" ?\/>){40,}/g,
    (circles, radius: string) => {
      const points = [...circles.matchAll(/cy="([\d.-]+)" cx="([\d.-]+)"/g)].map(([, y, x]) => `M${x} ${y}h0`);
      return `<path d="${points.join('')}" fill="none" stroke="${INK}" stroke-width="${2 * Number(radius)}" stroke-linecap="round"/>`;
    },
  );
}

/** Room a text takes at 12 px in the page's font, in pixels, generously. */
export function textWidth(text: string, px = 12): number {
  let width = 0;
  for (const char of text)
    width +=
      /[\u1100-\uffff\p{Emoji_Presentation}]/u.test(char) && !/[‐-⋿]/.test(char)
        ? 1
        : /[A-ZMWmw→%×]/.test(char)
          ? 0.74
          : /[ .,:;·|ilj[\]()]/.test(char)
            ? 0.36
            : 0.6;
  return Math.ceil(width * px);
}

/** Names are data, of any length: what doesn't fit is cut, the table beside the picture has it whole. */
export function fitText(text: string, px: number): string {
  const clean = printable(text);
  if (textWidth(clean) <= px) return clean;
  const chars = [...clean];
  while (chars.length > 1 && textWidth(`${chars.join('')}…`) > px) chars.pop();
  return `${chars.join('')}…`;
}
