/** What the boundary map says of one operation: the metrics whose source is the probe. */
import type { BoundaryMap } from '../model/site.ts';

/**
 * Value of `crossings`, `entry`, `callee` or `return` per operation, undefined when the map can't tell. Layers sum the calls
 * alone: the time of a callback already lies inside the callee of its call.
 */
export function boundaryValue(map: BoundaryMap, metric: string): number | undefined {
  const { operations } = map;
  if (operations === undefined || !(operations > 0)) return undefined;
  if (map.countsOnly && metric !== 'crossings') return undefined;
  const calls = map.sites.filter((site) => site.kind === 'call');
  if (metric === 'crossings') return map.sites.reduce((sum, site) => sum + site.crossings, 0) / operations;
  if (metric !== 'entry' && metric !== 'callee' && metric !== 'return') return undefined;
  return (
    calls.reduce((sum, site) => sum + (site.crossings > 0 ? site[metric].mean * site.crossings : 0), 0) / operations
  );
}
