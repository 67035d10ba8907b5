/**
 * What stays the same from one run to the next of what `seamark run` prints: the heads of its sections, and the names of
 * the rows below each, whatever their order. Figures, the sentence at the top and footnotes are left aside.
 */
export function listLabels(text: string): readonly string[] {
  const [, ...sections] = text.trim().split(/\n\n+/);
  return sections.flatMap((section) => {
    const [head = '', ...rows] = section.split('\n').map(labelOf);
    return isFixed(head) ? [head, ...rows.filter(isFixed).map((row) => `${head} / ${row}`)] : [];
  });
}

/** A name ends where two blanks begin, or where the figures do. */
function labelOf(line: string): string {
  return line.replace(/ {2,}\S.*$/, '').trimEnd();
}

/** Not indented, and not shortened, as how far depends on the figures beside it. */
function isFixed(label: string): boolean {
  return label !== '' && !label.startsWith(' ') && !label.includes('…');
}
