/** New values by column. */
export type Edits = Record<string, string>;

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
  /** Which picture of the answer. */
  view?: string;
  /** The column that curves and dependence of a whole file are about. */
  feature?: string;
  /** "What if": the cells of a row that differ from the file; none of them yet when it is empty. */
  edits?: Edits;
  /** The cell to begin with, under "what if". */
  cell?: string;
}

/** What a picker changes. */
export type Choice =
  | { picker: 'target' | 'method' | 'space' | 'background'; value: string }
  | { picker: 'other' | 'otherMethod'; value: string }
  | { picker: 'view' | 'feature'; value: string }
  | { picker: 'evaluations' | 'layer' | 'baseline'; value: string };

/** Checks a question that comes from saved state: it may be of another version, or broken. */
export function isQuestion(value: unknown): value is Question {
  if (typeof value !== 'object' || value === null) return false;
  const question = value as Record<string, unknown>;
  const { kind, uri, row, uris, options, edits } = question;
  const texts = ['method', 'target', 'space', 'background', 'other', 'otherMethod', 'view', 'feature', 'cell'];
  return (
    typeof uri === 'string' &&
    (kind === 'row'
      ? isRow(row)
      : kind === 'sheet'
        ? Array.isArray(uris) && uris.length > 0 && uris.every((part) => typeof part === 'string')
        : kind === 'global' || kind === 'model' || kind === 'image') &&
    texts.every((name) => question[name] === undefined || typeof question[name] === 'string') &&
    [options, edits].every((part) => part === undefined || isTexts(part))
  );
}

function isTexts(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.values(value).every((part) => typeof part === 'string');
}

/** A row's number as commands and saved state carry it. */
export function isRow(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** The question after a choice. Another method has other options, so they go back to its defaults. */
export function choose(question: Question, choice: Choice): Question {
  switch (choice.picker) {
    case 'method':
      return { ...question, method: choice.value, options: undefined };
    // Another view of a whole file has a method of its own; one of a row shows the same contributions.
    case 'view':
      return question.kind === 'global'
        ? { ...question, view: choice.value, method: undefined, options: undefined }
        : { ...question, view: choice.value };
    case 'target': {
      const { other, ...rest } = question;
      return { ...rest, ...(other !== undefined && other !== choice.value && { other }), target: choice.value };
    }
    // A picture is compared with one thing at a time: another class, or another method.
    case 'other':
      return { ...question, other: choice.value || undefined, otherMethod: undefined };
    case 'otherMethod':
      return { ...question, otherMethod: choice.value || undefined, other: undefined };
    // No column means all of them.
    case 'feature':
      return { ...question, feature: choice.value || undefined };
    case 'evaluations':
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
