import { describe, expect, it } from 'vitest';
import { Problem } from '../model/problem.ts';
import { instrumentBuild, instrumentGo, splitGoFlags } from './probe-environment.ts';

describe('the environment of a probed build', () => {
  it.each([
    ['', '-toolexec=/t'],
    ['-mod=mod', '-mod=mod -toolexec=/t'],
    ['  -tags=a,b   -trimpath ', '-tags=a,b -trimpath -toolexec=/t'],
    ["'-ldflags=-s -w' -v", "'-ldflags=-s -w' -v -toolexec=/t"],
    [`"-ldflags=-X 'a=b c'"`, `"-ldflags=-X 'a=b c'" -toolexec=/t`],
  ])('adds to the GOFLAGS %j', (goflags, wanted) => {
    expect(instrumentBuild('/t', goflags)).toEqual({ GOFLAGS: wanted });
  });

  it('quotes a path with a blank for the flag and for the list of flags', () => {
    expect(instrumentBuild('/a folder/toolexec', '').GOFLAGS).toBe(`"-toolexec='/a folder/toolexec'"`);
  });

  it('names the folder of the records and the level for the run', () => {
    const environment = instrumentGo({ toolexec: '/t', level: 'counters', recordDir: '/records', goflags: '' });
    expect(environment).toEqual({ GOFLAGS: '-toolexec=/t', SEAMARK_RECORDS: '/records', SEAMARK_PROBE: 'counters' });
  });

  it.each(['-toolexec=garble', '-v --toolexec=x'])('refuses the GOFLAGS %s', (goflags) => {
    expect(() => instrumentBuild('/t', goflags)).toThrow(Problem);
  });

  it('tells an unpaired quote', () => {
    expect(() => splitGoFlags("'-ldflags=-s")).toThrow(/unpaired quote/);
  });
});
