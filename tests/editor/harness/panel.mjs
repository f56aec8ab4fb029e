// The explanation panel, as a person uses it. Its markup is ours: extension/src/webview.
import { plain } from './text.mjs';

// The view of a table has a toolbar too, at another place.
const ROOT = '#panel > div > .toolbar';

/** The panel in front, once it shows an answer whose heading matches. */
export async function openPanel(editor, heading = /./) {
  // The panel before it goes out of sight while this one comes: its page is gone then.
  return editor.again(async () => {
    const panel = new Panel(editor, await editor.webview(ROOT));
    await panel.answered(heading);
    return panel;
  });
}

export class Panel {
  constructor(editor, frame) {
    this.editor = editor;
    this.frame = frame;
  }

  /** Waits for an answer whose heading matches, with nothing running. */
  async answered(heading = /./) {
    await this.frame.locator('h1', { hasText: heading }).waitFor();
    await this.idle();
  }

  async idle() {
    await this.frame.locator('.answer[aria-busy="false"]').waitFor();
  }

  text(selector) {
    return this.frame.locator(selector).first().innerText().then(plain);
  }

  /** The table as it stands, one array of cell texts a row, without the header. */
  async rows() {
    const cells = await this.frame
      .locator('table tbody tr')
      .evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.innerText)));
    return cells.map((row) => row.map(plain));
  }

  header(title) {
    return this.frame.locator('th', { hasText: title });
  }

  /** Chooses from a picker by what it shows; waits until the receipt says otherwise than before. */
  async choose(picker, option) {
    await this.changes(() => this.frame.locator(`select[aria-label="${picker}"]`).selectOption({ label: option }));
  }

  /** What a picker has in force. */
  chosen(picker) {
    return this.frame.locator(`select[aria-label="${picker}"] option:checked`).innerText();
  }

  options(picker) {
    return this.frame.locator(`select[aria-label="${picker}"] option`).allInnerTexts();
  }

  async evaluations(count) {
    const box = this.frame.locator('input.evaluations');
    await this.changes(async () => {
      await box.fill(String(count));
      await box.press('Enter');
    });
  }

  /** Does something that leads to another answer, and waits for it. */
  async changes(action) {
    const before = await this.frame.locator('body').innerText();
    await action();
    await this.frame.waitForFunction((was) => document.body.innerText !== was, before);
    await this.idle();
  }

  /** Size of the figure's pixels, or 0 × 0 when it does not decode. */
  figure() {
    return this.frame.locator('.figure img').evaluate(async (image) => {
      await image.decode();
      return { width: image.naturalWidth, height: image.naturalHeight, alt: image.alt };
    });
  }

  /** Saves what the menu calls `title`. */
  async save(title) {
    await this.frame.locator('[data-action="save"]').click();
    await this.frame.locator(`[data-export="${title}"]`).click();
  }

  async copy() {
    await this.frame.locator('[data-action="copy"]').click();
  }

  /** Opens "What if…": values become fields. */
  async whatIf() {
    await this.frame.locator('[data-action="what-if"]').click();
    await this.frame.locator('[data-cell]').first().waitFor();
    await this.idle();
  }

  /** Types into the field of a column. */
  async type(column, text) {
    const field = this.frame.locator(`[data-cell="${column}"]`);
    await field.click();
    await field.fill('');
    await field.pressSequentially(text, { delay: 30 });
  }

  /** The last numbers of the table's rows. */
  async contributions() {
    return (await this.rows()).map((cells) => cells.at(-1));
  }

  /** Looks at the answer another way. */
  async view(name) {
    await this.frame.locator('[aria-label="View"] [role="radio"]', { hasText: name }).click();
    await this.frame.locator('[aria-label="View"] [aria-checked="true"]', { hasText: name }).waitFor();
  }

  /** Drags a rectangle over the figure, in shares of its width and height. */
  async brush({ from, to }) {
    const box = await this.frame.locator('.brush').boundingBox();
    const at = ([x, y]) => [box.x + x * box.width, box.y + y * box.height];
    const { mouse } = this.editor.page;
    await mouse.move(...at(from));
    await mouse.down();
    await mouse.move(...at(to), { steps: 5 });
    await mouse.up();
  }
}
