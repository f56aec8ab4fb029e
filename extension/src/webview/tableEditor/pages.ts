import type { TablePage, TablePageRow } from '../../protocol';

/** Rows that are asked for together. */
export const pageRows = 100;

/** Pages that are kept; those looked at longest ago go first. */
const mostPages = 40;

/** The rows of a table that have been seen, a page at a time: a file may hold more than fits into memory. */
export class Pages {
  private readonly pages = new Map<number, readonly TablePageRow[]>();
  private readonly asked = new Set<number>();

  constructor(private readonly ask: (from: number, count: number) => void) {}

  /** A row; undefined while it is being fetched. */
  row(row: number): TablePageRow | undefined {
    const page = Math.floor(row / pageRows);
    const rows = this.pages.get(page);
    if (!rows) {
      if (!this.asked.has(page)) {
        this.asked.add(page);
        this.ask(page * pageRows, pageRows);
      }
      return undefined;
    }
    this.pages.delete(page);
    this.pages.set(page, rows);
    return rows[row - page * pageRows];
  }

  add({ from, rows }: TablePage): void {
    const page = Math.floor(from / pageRows);
    this.asked.delete(page);
    this.pages.set(page, rows);
    const [oldest] = this.pages.keys();
    if (this.pages.size > mostPages && oldest !== undefined) this.pages.delete(oldest);
  }

  /** Forgets all rows: the file or the model changed. */
  clear(): void {
    this.pages.clear();
    this.asked.clear();
  }
}
