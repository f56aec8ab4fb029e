import type { TablePage } from '../protocol';

/** From the extension host to the view of a table. */
export type TableHostMessage =
  /** The table from its beginning. */
  | { type: 'open'; page: TablePage; name: string }
  | { type: 'page'; page: TablePage }
  /** The hover that was asked for under this number. */
  | { type: 'hover'; id: number; markdown: string };

/** From the view of a table to the extension host. */
export type TableMessage =
  | { type: 'ready' }
  | { type: 'page'; from: number; count: number }
  | { type: 'hover'; id: number; row: number; column: number | undefined }
  | { type: 'explain'; row: number }
  /** A link in a hover, or a button. */
  | { type: 'command'; id: string; arguments: unknown[] }
  | { type: 'colors'; theme: string; colors: Record<string, string> };
