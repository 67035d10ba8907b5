/** Ctrl-C: once asks everything to end in order, twice ends it at once. */
const INTERRUPTED = 130;

export class StopKeys implements Disposable {
  readonly #controller = new AbortController();
  readonly #onSignal: () => void;

  /** `onFirst`: what to say when it was asked for; it may take a moment until it is done. */
  constructor(onFirst: () => void) {
    this.#onSignal = () => {
      // Subjects die with this process: the launcher asks the kernel for that.
      if (this.#controller.signal.aborted) process.exit(INTERRUPTED);
      onFirst();
      this.#controller.abort();
    };
    process.on('SIGINT', this.#onSignal);
    process.on('SIGTERM', this.#onSignal);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get asked(): boolean {
    return this.#controller.signal.aborted;
  }

  [Symbol.dispose](): void {
    process.off('SIGINT', this.#onSignal);
    process.off('SIGTERM', this.#onSignal);
  }
}

export { INTERRUPTED };
