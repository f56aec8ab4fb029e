/** What a panel asks the server. It is kept in the webview's state, so that a reloaded window asks again. */
export interface Question {
  kind: 'row' | 'global' | 'model' | 'image' | 'sheet';
  /** The table, the model file, the picture, or the first file or folder of a sheet. */
  uri: string;
  /** The row, for kind `row`. */
  row?: number;
  /** Pictures, folders or a list of pictures, for kind `sheet`. */
  uris?: string[];
  /** A second class of a picture: "why this and not that". */
  other?: string;
  /** A second method of a picture. */
  otherMethod?: string;
  method?: string;
  target?: string;
  space?: string;
  background?: string;
  options?: Record<string, string>;
}

/** What a picker changes. */
export type Choice =
  | { picker: 'target' | 'method' | 'space' | 'background'; value: string }
  | { picker: 'other' | 'otherMethod'; value: string }
  | { picker: 'evaluations' | 'feature' | 'layer' | 'baseline'; value: string };

/** Checks a question that comes from saved state: it may be of another version, or broken. */
export function isQuestion(value: unknown): value is Question {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, uri, row, uris, method, target, space, background, other, otherMethod, options } = value as Record<
    string,
    unknown
  >;
  const text = (part: unknown) => part === undefined || typeof part === 'string';
  return (
    typeof uri === 'string' &&
    (kind === 'row'
      ? isRow(row)
      : kind === 'sheet'
        ? Array.isArray(uris) && uris.length > 0 && uris.every((part) => typeof part === 'string')
        : kind === 'global' || kind === 'model' || kind === 'image') &&
    [method, target, space, background, other, otherMethod].every(text) &&
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
    case 'target': {
      const { other, ...rest } = question;
      return { ...rest, ...(other !== undefined && other !== choice.value && { other }), target: choice.value };
    }
    // A picture is compared with one thing at a time: another class, or another method.
    case 'other':
      return { ...question, other: choice.value || undefined, otherMethod: undefined };
    case 'otherMethod':
      return { ...question, otherMethod: choice.value || undefined, other: undefined };
    case 'evaluations':
    case 'feature':
    case 'layer':
    case 'baseline': {
      const { [choice.picker]: _before, ...rest } = question.options ?? {};
      return { ...question, options: choice.value ? { ...rest, [choice.picker]: choice.value } : rest };
    }
    default:
      return { ...question, [choice.picker]: choice.value };
  }
}

/** Two questions that one panel answers in turn: the same kind about the same file; pictures are looked through in one panel. */
export function sharesPanel(one: Question, other: Question): boolean {
  return one.kind === other.kind && (one.kind === 'image' || one.uri === other.uri);
}
