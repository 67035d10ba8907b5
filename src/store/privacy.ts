/** No host name, user name, home path or secret stays in a stored study: studies are shown to others. */
import { homedir, hostname } from 'node:os';

export type Redact = <T>(value: T) => T;

const SECRET = /TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|API_?KEY|PRIVATE_?KEY/i;
/** What programs said. Only there a host's name is looked for: elsewhere `build` or `main` is a word of the experiment. */
const SPOKEN: ReadonlySet<string> = new Set(['stderr', 'message', 'detail', 'source']);
/** Shorter than this, a folder or host name would be found inside other words. */
const TELLING = 4;

/** Copies data, writing `.` for the project's folder, `~` for the home folder and `…` for the host's name and secrets. */
export function makeRedact(project: string): Redact {
  const swaps = [
    [project, '.'],
    [homedir(), '~'],
  ]
    .filter(([place = '']) => place.length >= TELLING)
    .map(([place = '', sign = '']) => ({
      place: new RegExp(`(?<![\\w.-])${escapePattern(place)}(?![\\w.-])`, 'g'),
      sign,
    }));
  const host = hostname();
  const hostWord = host.length >= TELLING ? new RegExp(`(?<![\\w-])${escapePattern(host)}(?![\\w-])`, 'g') : undefined;

  const hidePlaces = (text: string): string =>
    swaps.reduce((hidden, { place, sign }) => hidden.replaceAll(place, sign), text);
  const redact = (value: unknown, key = ''): unknown => {
    if (typeof value === 'string') {
      if (SECRET.test(key)) return '…';
      const text = hidePlaces(value);
      return hostWord && SPOKEN.has(key) ? text.replaceAll(hostWord, '…') : text;
    }
    if (Array.isArray(value)) return value.map((held) => redact(held, key));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([name, held]) => [hidePlaces(name), redact(held, name)]));
  };
  return <T>(value: T): T => redact(value) as T;
}

function escapePattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
