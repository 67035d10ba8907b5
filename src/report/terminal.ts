/** Text for a terminal: widths, padding, wrapping, colour that only repeats meaning, and names that can't command the terminal. */

export interface TextOptions {
  /** Columns of the terminal; below 60 the text is laid out for 60. */
  readonly columns: number;
  readonly color: boolean;
}

export type Ink = 'strong' | 'dim' | 'go' | 'rust' | 'boundary' | 'bad' | 'good' | 'doubt';

// 256-colour codes near the page's palette; readable on dark and light grounds.
const CODES: Readonly<Record<Ink, string>> = {
  strong: '1',
  dim: '2',
  go: '38;5;31',
  rust: '38;5;166',
  boundary: '38;5;103',
  bad: '31',
  good: '32',
  doubt: '33',
};

export type Paint = (ink: Ink | undefined, text: string) => string;

export function painter(color: boolean): Paint {
  return (ink, text) => (color && ink !== undefined && text !== '' ? `\u001b[${CODES[ink]}m${text}\u001b[0m` : text);
}

/** Names are data: what would move the cursor, ring, or turn the reading direction is shown as its code. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (char) => `\\u{${char.codePointAt(0)!.toString(16)}}`);
}

/** Columns a text without colour codes takes. */
export function widthOf(text: string): number {
  let width = 0;
  for (const char of text) width += /\p{M}/u.test(char) ? 0 : WIDE.test(char) ? 2 : 1;
  return width;
}
const WIDE =
  /[\p{Emoji_Presentation}\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** Cut in the middle, where names of one family agree least seldom: ends tell them apart. */
export function shorten(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  const chars = [...text];
  const keep = Math.max(2, width - 1);
  const head = Math.ceil(keep / 2);
  return `${chars.slice(0, head).join('')}…${chars.slice(chars.length - (keep - head)).join('')}`;
}

/** Breaks prose at blanks; the first line begins with `lead`, the others are indented as far. */
export function wrap(text: string, columns: number, lead = ''): readonly string[] {
  const indent = ' '.repeat(widthOf(lead));
  const lines: string[] = [];
  let line = lead;
  let empty = true;
  for (const word of text.split(' ')) {
    if (!empty && widthOf(line) + 1 + widthOf(word) > columns) {
      lines.push(line);
      line = indent;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  lines.push(line);
  return lines;
}
