/** The page's one style sheet. Its hash is part of the page's policy, so no other style can come in. */
export const LIGHT = `
  --ground: #ffffff; --raised: #f6f8fa; --ink: #1b1f24; --ink-2: #57606a; --line: #d8dee4; --band: #e9eef4;
  --go: #0e7490; --rust: #b7410e; --entry: #64748b; --return: #94a3b8; --helper: #b45309;
  --bad: #b42318; --good: #1a7f37; --doubt: #8a5a00; --focus: #0969da; color-scheme: light;`;

export const DARK = `
  --ground: #0f1419; --raised: #171e26; --ink: #e6edf3; --ink-2: #9aa7b4; --line: #2b343e; --band: #1d2732;
  --go: #2bb3cf; --rust: #ee7d4a; --entry: #8496ad; --return: #64758a; --helper: #d9913a;
  --bad: #ff8077; --good: #56d364; --doubt: #e3b341; --focus: #58a6ff; color-scheme: dark;`;

export const STYLE = `
:root {${LIGHT}
}
@media (prefers-color-scheme: dark) { :root:not([data-theme="light"]) {${DARK}
} }
:root[data-theme="dark"] {${DARK}
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-padding-top: 16px; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/24px system-ui, -apple-system, "Segoe UI", Inter, Roboto, sans-serif; font-variant-numeric: tabular-nums; }
a { color: var(--focus); text-underline-offset: 2px; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 2px; }
code, .code { font-family: ui-monospace, SFMono-Regular, "JetBrains Mono", Menlo, Consolas, monospace; font-size: 0.92em; overflow-wrap: anywhere; }

.page { max-width: 1400px; margin: 0 auto; padding: 32px 40px 80px; display: grid; grid-template-columns: 180px minmax(0, 1100px); column-gap: 56px; }
.outline { position: sticky; top: 32px; align-self: start; font-size: 13px; line-height: 20px; max-height: calc(100vh - 64px); overflow: auto; }
.outline ol { list-style: none; margin: 0; padding: 0; border-left: 1px solid var(--line); }
.outline a { display: block; padding: 4px 12px; color: var(--ink-2); text-decoration: none; margin-left: -1px; border-left: 1px solid transparent; }
.outline a:hover, .outline a[aria-current] { color: var(--ink); border-left-color: var(--ink); }
.mark { display: flex; align-items: center; gap: 8px; margin: 0 0 20px; font-weight: 600; letter-spacing: 0.01em; }
.mark svg { display: block; }
main { min-width: 0; }

.eyebrow { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 8px 16px; color: var(--ink-2); font-size: 13px; line-height: 20px; margin: 0 0 12px; }
.theme { font: inherit; color: var(--ink-2); background: none; border: 1px solid var(--line); border-radius: 4px; padding: 2px 10px; cursor: pointer; }
.theme:hover { color: var(--ink); border-color: var(--ink-2); }
h1 { font-size: 28px; line-height: 38px; font-weight: 600; letter-spacing: -0.012em; margin: 0 0 16px; max-width: 34em; text-wrap: pretty; overflow-wrap: anywhere; }
.lead { font-size: 19px; line-height: 30px; max-width: 48em; margin: 0 0 16px; text-wrap: pretty; overflow-wrap: anywhere; }
h1 .name, .lead .name { border-bottom: 2px solid var(--line); }
.lead .figure { font-weight: 600; }
h1 .short, .lead .short { white-space: nowrap; }
.facts { list-style: none; display: flex; flex-wrap: wrap; gap: 2px 28px; margin: 0; padding: 0; color: var(--ink-2); font-size: 13px; line-height: 20px; max-width: 100ch; }
.hypothesis { max-width: 72ch; margin: 16px 0 0; padding-left: 16px; border-left: 2px solid var(--line); color: var(--ink-2); }

section { margin-top: 56px; }
h2 { font-size: 19px; line-height: 28px; font-weight: 600; letter-spacing: -0.006em; margin: 0 0 4px; padding-top: 20px; border-top: 1px solid var(--line); }
h3 { font-size: 15px; line-height: 24px; font-weight: 600; margin: 32px 0 4px; overflow-wrap: anywhere; }
h4, h3.panel { font-size: 13px; line-height: 20px; font-weight: 600; margin: 20px 0 4px; color: var(--ink-2); overflow-wrap: anywhere; }
p { max-width: 72ch; margin: 0 0 12px; }
.quiet { color: var(--ink-2); }
.small { font-size: 13px; line-height: 20px; }
p.meta { max-width: 110ch; }

.verdict { display: inline-flex; align-items: baseline; gap: 6px; font-weight: 600; white-space: nowrap; }
.bad { color: var(--bad); } .good { color: var(--good); } .doubt { color: var(--doubt); }
.tally { display: flex; flex-wrap: wrap; gap: 8px; margin: 20px 0 0; padding: 0; list-style: none; font-size: 13px; line-height: 20px; }
.tally li { border: 1px solid var(--line); border-radius: 4px; padding: 2px 10px; }
.tally b { font-weight: 600; }

figure { margin: 12px 0 0; }
figure > svg { display: block; width: 100%; height: auto; overflow: visible; }
.wide { max-width: 1040px; } .narrow { max-width: 358px; }
.narrow { display: none; }
.grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 320px), 1fr)); gap: 28px 32px; margin-top: 12px; }
.grid > div { min-width: 0; } .grid h4, .grid h3.panel { margin: 0; } .grid figure { margin-top: 4px; max-width: 460px; }

.scroll { overflow-x: auto; margin-top: 8px; background: linear-gradient(90deg, var(--ground) 50%, transparent) 0 0 / 32px 100% no-repeat local, linear-gradient(270deg, var(--ground) 50%, transparent) 100% 0 / 32px 100% no-repeat local, linear-gradient(90deg, var(--line), transparent) 0 0 / 14px 100% no-repeat scroll, linear-gradient(270deg, var(--line), transparent) 100% 0 / 14px 100% no-repeat scroll; }
table { border-collapse: collapse; font-size: 13px; line-height: 20px; }
caption { text-align: left; color: var(--ink-2); padding: 0 0 4px; }
th, td { text-align: right; padding: 4px 0 4px 20px; border-bottom: 1px solid var(--line); white-space: nowrap; font-weight: 400; vertical-align: baseline; }
thead th { color: var(--ink-2); border-bottom-color: var(--ink-2); }
th:first-child, td:first-child { text-align: left; padding-left: 0; }
td.words, th.words { text-align: left; } td.tight, th.tight { padding-left: 6px; text-align: left; }
tbody th[scope="rowgroup"] { font-weight: 600; padding-top: 16px; }
td .long, th .long { display: inline-block; width: max-content; max-width: 40ch; overflow-wrap: anywhere; white-space: normal; }
td svg { display: block; }

details { margin-top: 16px; }
summary { cursor: pointer; color: var(--ink-2); font-size: 13px; line-height: 24px; width: fit-content; }
summary:hover { color: var(--ink); }
.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 8px 0 0; padding: 0; list-style: none; font-size: 13px; line-height: 20px; color: var(--ink-2); }
.legend li { display: inline-flex; align-items: center; gap: 6px; }
.notes { margin: 12px 0 0; padding: 0; list-style: none; max-width: 80ch; font-size: 13px; line-height: 20px; }
.notes li { padding: 4px 0 4px 0; overflow-wrap: anywhere; }
.notes .cure { color: var(--ink-2); }
.rows { margin: 12px 0 0; padding: 0; list-style: none; }
.rows > li { display: grid; grid-template-columns: 112px minmax(0, 3fr) minmax(0, 2fr); gap: 4px 20px; padding: 8px 0; border-bottom: 1px solid var(--line); }
.rows p { margin: 0; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: minmax(120px, max-content) minmax(0, 1fr); gap: 4px 24px; margin: 8px 0 0; font-size: 13px; line-height: 20px; }
.witnesses dd { padding-bottom: 10px; } .witnesses b { color: var(--ink); font-weight: 600; } .witnesses .notes { margin-top: 2px; } .witnesses .notes li { padding: 0; }
dt { color: var(--ink-2); overflow-wrap: anywhere; } dd { margin: 0; overflow-wrap: anywhere; }
.environment { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 400px), 1fr)); gap: 8px 48px; }
pre { overflow-x: auto; background: var(--raised); border: 1px solid var(--line); border-radius: 4px; padding: 12px 16px; font-size: 13px; line-height: 20px; margin: 8px 0 0; }
footer { margin-top: 64px; padding-top: 16px; border-top: 1px solid var(--line); color: var(--ink-2); font-size: 13px; }

@media (max-width: 1099px) {
  .page { display: block; padding: 24px 32px 64px; max-width: 1040px; }
  .outline { position: static; max-height: none; margin-bottom: 28px; }
  .mark { margin-bottom: 8px; }
  .outline ol { display: flex; flex-wrap: wrap; border: 0; margin-left: -8px; }
  .outline a { padding: 4px 8px; border: 0; }
}
@media (max-width: 719px) {
  .page { padding: 16px 16px 48px; }
  .outline ol { display: none; }
  h1 { font-size: 22px; line-height: 30px; }
  .lead { font-size: 16px; line-height: 26px; }
  .wide { display: none; } .narrow { display: block; }
  section { margin-top: 40px; }
  .rows > li { grid-template-columns: minmax(0, 1fr); gap: 0; }
  th, td { padding-left: 12px; } .where { display: block; }
  .dense th, .dense td { padding-left: 8px; } .dense th:first-child { padding-left: 0; } .dense .long { max-width: 13ch; } .dense td.tight { padding-left: 5px; }
  dl { grid-template-columns: minmax(0, 1fr); gap: 0; } dd { padding-bottom: 8px; }
}
@media print {
  .outline, .theme { display: none; }
  .page { display: block; padding: 0; max-width: none; }
  body { font-size: 11pt; line-height: 16pt; }
  .wide { display: block; } .narrow { display: none; }
  figure, tr, li, .grid > div { break-inside: avoid; } h2, h3, h4 { break-after: avoid; }
  .scroll { overflow: visible; }
  section { margin-top: 24pt; }
}
`;
