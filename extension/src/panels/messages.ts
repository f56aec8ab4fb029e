import type { PanelView } from '../protocol';
import type { Choice, Question } from './question';

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
}

export type ExportFormat = 'png' | 'csv' | 'json' | 'markdown';

/** From the extension host to the webview. Progress goes alone: the view with its picture is large. */
export type HostMessage = { type: 'state'; state: PanelState } | { type: 'busy'; busy: Busy | undefined };

/** From the webview to the extension host. */
export type PanelMessage =
  | { type: 'ready'; width: number }
  | { type: 'width'; width: number }
  | { type: 'colors'; theme: string; colors: Record<string, string> }
  | { type: 'choose'; choice: Choice }
  | { type: 'stop' }
  | { type: 'action'; action: Action }
  | { type: 'export'; format: ExportFormat };

/** What the webview keeps over a reload. */
export interface SavedState {
  question: Question;
  sort?: { column: string; descending: boolean };
  selected?: string;
}
