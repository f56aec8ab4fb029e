// A table that no text editor shows, as a person uses it. Its markup is ours: extension/src/webview/tableEditor.
import { plain } from './text.mjs';

/** The table in front, once its first rows and predictions are there. */
export async function openTable(editor) {
  const table = new Table(editor, await editor.webview('.grid'));
  await table.frame.locator('.grid-canvas .prediction', { hasText: '→' }).first().waitFor();
  return table;
}

class Table {
  constructor(editor, frame) {
    this.editor = editor;
    this.frame = frame;
  }

  text(selector) {
    return this.frame.locator(selector).first().innerText().then(plain);
  }

  /** The rows that are seen, one array of cell texts a row: number, prediction, the file's cells. */
  async rows() {
    const rows = await this.frame
      .locator('.grid-canvas .grid-row')
      .evaluateAll((lines) =>
        lines
          .sort((one, other) => one.dataset.row - other.dataset.row)
          .map((line) => [...line.children].map((cell) => cell.textContent)),
      );
    return rows.map((cells) => cells.map(plain));
  }

  /** Moves the mouse onto a cell and gives back its hover once that says `expected` and nothing is being computed. */
  async hover(row, column, expected) {
    const box = this.frame.locator('.hover', { hasText: expected });
    return this.editor.again(async () => {
      await this.editor.leave();
      await this.frame.locator(`[id="cell-${row}-${column}"]`).hover({ timeout: 5000 });
      await box.waitFor({ timeout: 8000 });
      const text = plain(await box.innerText());
      if (text.includes('Working…')) throw new Error('still working');
      return text;
    });
  }

  async press(key) {
    await this.frame.locator('.grid').press(key);
  }
}
