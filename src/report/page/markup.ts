/** HTML by template: what is put in is escaped unless it is markup itself, so no name out of the data can become any. */
import { printable } from '../terminal.ts';

export interface Markup {
  readonly markup: string;
}

type Slot = string | number | Markup | undefined | false | readonly Slot[];

export function html(strings: TemplateStringsArray, ...slots: readonly Slot[]): Markup {
  return { markup: strings.reduce((text, part, at) => text + fill(slots[at - 1]) + part) };
}

/** Text that is known to be markup: pictures drawn here, the style, the script. */
export function raw(markup: string): Markup {
  return { markup };
}

/** Control and direction characters are shown as their codes, as on the terminal. */
function escapeText(text: string): string {
  return printable(text).replace(/[&<>"'`]/g, (char) => `&#${char.charCodeAt(0)};`);
}

function fill(slot: Slot): string {
  if (slot === undefined || slot === false) return '';
  if (typeof slot === 'string') return escapeText(slot);
  if (typeof slot === 'number') return String(slot);
  if (isMarkup(slot)) return slot.markup;
  return slot.map(fill).join('');
}

function isMarkup(slot: Markup | readonly Slot[]): slot is Markup {
  return 'markup' in slot;
}
