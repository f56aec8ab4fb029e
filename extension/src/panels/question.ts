/** What a panel asks the server. It is kept in the webview's state, so that a reloaded window asks again. */
export interface Question {
  kind: 'row' | 'global' | 'model';
  /** The table, or the model file. */
  uri: string;
  /** The row, for kind `row`. */
  row?: number;
  method?: string;
  target?: string;
  space?: string;
  background?: string;
  options?: Record<string, string>;
}

/** What a picker changes. */
export type Choice =
  | { picker: 'target' | 'method' | 'space' | 'background'; value: string }
  | { picker: 'evaluations' | 'feature'; value: string };

/** Checks a question that comes from saved state: it may be of another version, or broken. */
export function isQuestion(value: unknown): value is Question {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, uri, row, method, target, space, background, options } = value as Record<string, unknown>;
  const text = (part: unknown) => part === undefined || typeof part === 'string';
  return (
    typeof uri === 'string' &&
    (kind === 'row' ? isRow(row) : kind === 'global' || kind === 'model') &&
    [method, target, space, background].every(text) &&
    (options === undefined ||
      (typeof options === 'object' &&
        options !== null &&
        Object.values(options).every((part) => typeof part === 'string')))
  );
}

/** A row's number as commands and saved state carry it. */
export function isRow(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** The question after a choice. Another method has other options, so they go back to its defaults. */
export function choose(question: Question, choice: Choice): Question {
  switch (choice.picker) {
    case 'method': {
      const feature = question.options?.['feature'];
      return { ...question, method: choice.value, options: feature === undefined ? undefined : { feature } };
    }
    case 'evaluations':
    case 'feature':
      return { ...question, options: { ...question.options, [choice.picker]: choice.value } };
    default:
      return { ...question, [choice.picker]: choice.value };
  }
}

/** Two questions that one panel answers in turn: the same kind about the same file. */
export function sharesPanel(one: Question, other: Question): boolean {
  return one.kind === other.kind && one.uri === other.uri;
}
