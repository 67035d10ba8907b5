/** The one way the engine reads time, so that tests can invent it. */
export interface Clock {
  /** Seconds on a clock that never goes back; only differences mean something. */
  nowS(): number;
  /** Wall time, ISO 8601 in UTC. */
  date(): string;
}

export const machineClock: Clock = {
  nowS: () => performance.now() / 1000,
  date: () => new Date().toISOString(),
};
