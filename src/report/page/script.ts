/** The page's one script: a theme toggle and the outline's place. The page is complete without it. */
export const SCRIPT = `
(() => {
  const root = document.documentElement;
  const button = document.getElementById('theme');
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : dark.matches);
  const name = () => { button.textContent = isDark() ? 'Light' : 'Dark'; };
  button.hidden = false;
  button.addEventListener('click', () => { root.dataset.theme = isDark() ? 'light' : 'dark'; name(); });
  dark.addEventListener('change', name);
  name();
  const links = new Map([...document.querySelectorAll('.outline a')].map((link) => [link.hash.slice(1), link]));
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      for (const link of links.values()) link.removeAttribute('aria-current');
      links.get(entry.target.id)?.setAttribute('aria-current', 'true');
    }
  }, { rootMargin: '0px 0px -70% 0px' });
  for (const section of document.querySelectorAll('main section[id]')) seen.observe(section);
  const opened = [];
  addEventListener('beforeprint', () => {
    for (const each of document.querySelectorAll('details:not([open])')) { each.open = true; opened.push(each); }
  });
  addEventListener('afterprint', () => { for (const each of opened.splice(0)) each.open = false; });
})();
`;
