// The panel of a picture and the contact sheet, as a person uses them. Their markup is ours: extension/src/webview.
import { Panel } from './panel.mjs';

export class ImagePanel extends Panel {
  /** The panel of a picture in front, once it shows an answer whose heading matches. */
  static open(editor, heading = /./) {
    return ImagePanel.showing(editor, '.image', heading);
  }

  /** The contact sheet in front. A panel that has just opened another is still there for a moment: each has its own part. */
  static openSheet(editor, heading = /./) {
    return ImagePanel.showing(editor, '.contact', heading);
  }

  static async showing(editor, part, heading) {
    const panel = new ImagePanel(editor, await editor.webview(part));
    await panel.answered(heading);
    return panel;
  }

  /** Titles of the pictures, left to right. */
  titles() {
    return this.frame.locator('figure h2').allInnerTexts();
  }

  /** Moves a slider as the keyboard of a person would: its field takes the number. */
  async slide(name, value) {
    const range = this.frame.locator(`input[type="range"][aria-label="${name}"]`);
    await range.fill(String(value));
  }

  async evidence(kind) {
    await this.frame.locator('.segments button', { hasText: kind }).click();
  }

  async colours(title) {
    await this.frame.locator('select[aria-label="Colours"]').selectOption({ label: title });
  }

  /** Rests the mouse on a picture, at shares of its width and height. */
  async point(figure, across, down) {
    const frame = this.frame.locator('figure .frame').nth(figure);
    const { width, height } = await frame.boundingBox();
    await frame.hover({ position: { x: width * across, y: height * down } });
  }

  /** How much of the map on a picture is drawn. */
  pixels(figure) {
    return this.frame
      .locator('figure canvas.over')
      .nth(figure)
      .evaluate((canvas) => {
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        let opaque = 0;
        for (let i = 3; i < data.length; i += 4) opaque += Number(data[i] > 0);
        return { opaque, all: data.length / 4 };
      });
  }

  /** Whether a picture's own canvas holds more than one colour. */
  painted(figure) {
    return this.frame
      .locator('figure canvas:not(.over)')
      .nth(figure)
      .evaluate((canvas) => {
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        return data.some((value, i) => i > 3 && value !== data[i % 4]);
      });
  }

  opacity() {
    return this.frame
      .locator('figure canvas.over')
      .nth(2)
      .evaluate((canvas) => canvas.style.opacity);
  }
}
