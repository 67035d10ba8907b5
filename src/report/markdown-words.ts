/** Names and sentences of others, as they may stand in Markdown. */
import { printable } from './terminal.ts';

/** As text: no markup, link, mention, HTML or cell border comes out of a name. */
export function escapeMarkdown(text: string): string {
  return printable(text)
    .replace(/[\\`*_~|]/g, '\\$&')
    .replace(/[<>&@]/g, (char) => `&#${char.charCodeAt(0)};`)
    .replace(/\[(?=[^\]]*\]\()/g, '\\[')
    .replace(/:\/\//g, ':&#47;&#47;')
    .replace(/^(\s*)([#+-])(?=\s)/, '$1\\$2');
}

/** A code span whose fence is longer than any run of backticks within. */
export function code(text: string): string {
  const clean = printable(text);
  const longest = Math.max(0, ...[...clean.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${clean}${fence}` : `${fence} ${clean} ${fence}`;
}
