// The few parts of VS Code's API that a panel's host touches, for tests without an editor.

export class EventEmitter<T> {
  private readonly listeners = new Set<(value: T) => void>();
  readonly event = (listener: (value: T) => void, self?: unknown, disposables?: { dispose(): void }[]) => {
    const bound = listener.bind(self) as (value: T) => void;
    this.listeners.add(bound);
    const disposable = { dispose: () => void this.listeners.delete(bound) };
    disposables?.push(disposable);
    return disposable;
  };
  fire(value: T): void {
    for (const listener of [...this.listeners]) listener(value);
  }
}

export class CancellationTokenSource {
  private readonly emitter = new EventEmitter<void>();
  readonly token = { isCancellationRequested: false, onCancellationRequested: this.emitter.event };
  cancel(): void {
    if (this.token.isCancellationRequested) return;
    this.token.isCancellationRequested = true;
    this.emitter.fire();
  }
  dispose(): void {}
}

export const Disposable = {
  from: (...all: { dispose(): void }[]) => ({ dispose: () => all.forEach((each) => each.dispose()) }),
};

export const Uri = {
  parse: (text: string) => ({ fsPath: new URL(text).pathname, toString: () => text }),
  joinPath: (base: { toString(): string }, ...parts: string[]) => ({
    toString: () => [String(base), ...parts].join('/'),
  }),
};

/** What commands and messages were asked for. */
export const asked: unknown[][] = [];
export const commands = { executeCommand: async (...args: unknown[]) => void asked.push(args) };
export const window = {
  showInformationMessage: async (...args: unknown[]) => void asked.push(args),
  showErrorMessage: async (...args: unknown[]) => void asked.push(args),
};
