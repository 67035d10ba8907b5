/** No host name, user name, home path or secret stays in a stored study: studies are shown to others. */
import { homedir, hostname } from 'node:os';

export type Redact = <T>(value: T) => T;

const SECRET = /TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|API_?KEY|PRIVATE_?KEY/i;
/** Shorter than this, a folder or host name would be found inside other words. */
const TELLING = 4;

/** Copies data, writing `.` for the project's folder, `~` for the home folder and `…` for the host's name and secrets. */
export function makeRedact(project: string): Redact {
  const swaps: [string, string][] = [];
  if (project.length >= TELLING) swaps.push([project, '.']);
  const home = homedir();
  if (home.length >= TELLING) swaps.push([home, '~']);
  const host = hostname();
  const hostWord = host.length >= TELLING ? new RegExp(`\\b${escapePattern(host)}\\b`, 'g') : undefined;

  const redactText = (text: string): string => {
    let result = text;
    for (const [from, to] of swaps) {
      if (result.includes(from)) result = result.replaceAll(new RegExp(`${escapePattern(from)}(?![\\w.-])`, 'g'), to);
    }
    return hostWord ? result.replaceAll(hostWord, '…') : result;
  };
  const redact = (value: unknown): unknown => {
    if (typeof value === 'string') return redactText(value);
    if (Array.isArray(value)) return value.map(redact);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, held]) => [
        redactText(key),
        typeof held === 'string' && SECRET.test(key) ? '…' : redact(held),
      ]),
    );
  };
  return <T>(value: T): T => redact(value) as T;
}

function escapePattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
