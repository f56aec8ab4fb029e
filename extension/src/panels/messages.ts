import type { CellCheck, PanelFile, PanelPlace, PanelSheetItem, PanelView, RowPlace } from '../protocol';
import type { Choice, Edits, Question } from './question';

/** Work under way: words, and a share from 0 to 1 where it is known. */
export interface Busy {
  text: string;
  fraction?: number;
}

/** A failure in words. */
export interface Failure {
  /** What went wrong, and what to do. */
  text: string;
  /** Links that help. */
  actions: Action[];
}

/** A line above the answer about the answer itself: out of date, stopped, the server died. */
export interface Notice {
  state: 'info' | 'caution' | 'stop';
  text: string;
  actions: Action[];
}

/** What a link in a panel does. */
export type Action = 'again' | 'showLog' | 'restartServer' | 'manageTrust' | 'chooseModel';

/** Everything that a panel shows. */
export interface PanelState {
  question: Question;
  /** The last good answer. */
  view?: PanelView;
  busy?: Busy;
  failure?: Failure;
  notice?: Notice;
  /** What is to be said about changed cells. */
  checks?: CellCheck[];
}

export type ExportFormat = 'png' | 'csv' | 'json' | 'markdown';

/** From the extension host to the webview. Progress goes alone: the view with its picture is large. */
export type HostMessage =
  | { type: 'state'; state: PanelState }
  | { type: 'busy'; busy: Busy | undefined }
  /** Pictures that a sheet has found since it was last told. */
  | { type: 'items'; items: PanelSheetItem[]; total: number }
  /** Rows that were chosen in a figure: the first of them, and how many. */
  | { type: 'rows'; rows: RowPlace[]; total: number };

/** From the webview to the extension host. */
export type PanelMessage =
  | { type: 'ready'; width: number }
  | { type: 'width'; width: number }
  | { type: 'colors'; theme: string; colors: Record<string, string> }
  | { type: 'choose'; choice: Choice }
  | { type: 'stop' }
  | { type: 'action'; action: Action }
  | { type: 'export'; format: ExportFormat }
  | { type: 'save'; file: PanelFile }
  /** "What if": the cells that differ from the file; undefined for the row as it is. */
  | { type: 'edit'; edits: Edits | undefined }
  /** A text becomes a new untitled table. */
  | { type: 'write'; text: string }
  | { type: 'open'; place: PanelPlace }
  /** Rows were chosen in a figure; none when they were let go. */
  | { type: 'rows'; rows: number[] }
  /** A picture of a contact sheet was chosen. */
  | { type: 'openImage'; uri: string };

/** What the webview keeps over a reload. */
export interface SavedState {
  question: Question;
  sort?: { column: string; descending: boolean };
  selected?: string;
  /** How maps are looked at. */
  look?: MapLook;
  /** The order of a contact sheet. */
  order?: SheetOrder;
}

/** How a picture's maps are shown: nothing of it needs the server. */
export interface MapLook {
  /** Of the map on the picture, 0 to 100 %. */
  opacity: number;
  /** The strongest pixels that the picture keeps, 1 to 100 %. */
  top: number;
  evidence: 'both' | 'for' | 'against';
  colourMap: string;
}

export const sheetOrders = ['mistakes', 'confidence', 'name', 'class'] as const;
export type SheetOrder = (typeof sheetOrders)[number];
