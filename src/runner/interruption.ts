/** The user said stop. Not a Problem: nothing went wrong, and what was measured is kept. */
export class Interruption extends Error {
  constructor() {
    super('interrupted');
    this.name = 'Interruption';
  }
}

/**
 * Lets waits end when the user says stop, with one listener for a whole block instead of one a wait.
 * After an abort every `orStop` rejects with an Interruption, and the promise it was waiting for is let go.
 */
export class Stop implements Disposable {
  readonly #signal: AbortSignal;
  readonly #stopped: Promise<never>;
  readonly #onAbort: () => void;

  constructor(signal: AbortSignal) {
    const { promise, reject } = withReject();
    this.#signal = signal;
    this.#stopped = promise;
    this.#onAbort = () => reject(new Interruption());
    this.#stopped.catch(() => {}); // may reject while nobody waits
    if (signal.aborted) this.#onAbort();
    else signal.addEventListener('abort', this.#onAbort, { once: true });
  }

  get asked(): boolean {
    return this.#signal.aborted;
  }

  orStop<T>(work: Promise<T>): Promise<T> {
    work.catch(() => {}); // when the stop wins the race, the loser's rejection is expected
    return Promise.race([this.#stopped, work]);
  }

  [Symbol.dispose](): void {
    this.#signal.removeEventListener('abort', this.#onAbort);
  }
}

function withReject(): { promise: Promise<never>; reject: (reason: Error) => void } {
  let reject: (reason: Error) => void = () => {};
  const promise = new Promise<never>((_, refuse) => {
    reject = refuse;
  });
  return { promise, reject };
}
