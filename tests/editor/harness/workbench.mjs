// The gestures of a person in the workbench.
import fs from 'node:fs';
import path from 'node:path';
import * as at from './selectors.mjs';
import { locateText } from './text.mjs';

/** How long a person would wait, generously: the machine may be busy. */
export const PATIENCE = 60_000;

/** How long one gesture may take before it is made again. */
const MOMENT = 5000;

export class Workbench {
  /** Addresses of other hosts that were asked for. */
  outside = [];

  constructor(page, { server, workspace, shots }) {
    this.page = page;
    this.server = server;
    this.workspace = workspace;
    this.shots = shots;
    page.setDefaultTimeout(PATIENCE);
    const note = (request) => {
      const url = new URL(request.url());
      if (/^(https?|wss?):$/.test(url.protocol) && url.hostname !== '127.0.0.1') this.outside.push(request.url());
    };
    // A webview that closes while it loads lets go of what its service worker was about to answer.
    const letGo = (request) =>
      request.failure()?.errorText === 'net::ERR_ABORTED' && at.webviewResource.test(new URL(request.url()).hostname);
    page.on('requestfailed', (request) => letGo(request) || note(request));
    // What a webview's service worker answers has an address elsewhere and never leaves the browser.
    page.on('response', (response) => response.fromServiceWorker() || note(response.request()));
  }

  async open() {
    await this.page.goto(this.server.address(this.workspace), { waitUntil: 'commit' });
    await this.ready();
  }

  /** Loads the window anew; VS Code keeps what it must, as before any shutdown. */
  async reload() {
    const loaded = this.page.waitForEvent('domcontentloaded');
    await this.command('Developer: Reload Window');
    await loaded;
    await this.ready();
  }

  async ready() {
    await this.page.locator(at.workbench).waitFor();
    await this.page.locator(at.statusItem).first().waitFor();
  }

  /** Waits until the workbench wears a kind of theme: `dark`, `light`, `hc-dark` or `hc-light`. */
  async themed(kind) {
    await this.page.locator(at.themed[kind]).first().waitFor();
  }

  async shot(name, clip) {
    fs.mkdirSync(this.shots, { recursive: true });
    await this.page.screenshot({ path: path.join(this.shots, `${name}.png`), animations: 'disabled', clip });
  }

  /** Opens a text file of the workspace by its path there. */
  async openFile(file) {
    await this.openTab(file, at.openEditor(file));
    await this.page.locator(at.editorLine).first().waitFor();
  }

  /** Opens a file of the workspace by its path there; `opened` is what there is to see then, its tab when not said. */
  async openTab(file, opened = at.tab(path.basename(file))) {
    const folder = path.dirname(file) === '.' ? '' : path.dirname(file);
    const row = this.quickRow(path.basename(file)).filter({ hasText: folder });
    await this.again(async () => {
      await this.take(file, row);
      await this.page.locator(opened).first().waitFor({ timeout: MOMENT });
    });
  }

  /** Runs a command from the palette by its full title. */
  async command(title) {
    await this.again(() => this.take(`>${title}`, this.quickRow(title)));
  }

  /** Runs a command that asks, and answers with a row of its quick pick. */
  async commandAnd(title, answer) {
    await this.again(async () => {
      await this.command(title);
      await this.quickRow(answer).first().click({ timeout: MOMENT });
    });
  }

  /** Opens the quick input with `text` and takes its first row that is one of `rows`. */
  async take(text, rows) {
    await this.quickOpen(text);
    const row = rows.first();
    await row.click({ timeout: MOMENT });
    await row.waitFor({ state: 'hidden', timeout: MOMENT });
  }

  /** Opens the quick input with the mouse, which works wherever the focus is, and types. */
  async quickOpen(text) {
    const box = this.page.locator(at.quickInputBox);
    await this.again(async () => {
      // While the quick input is open it covers the box that opens it.
      if (!(await box.isVisible())) await this.page.locator(at.commandCenter).first().click({ timeout: MOMENT });
      await box.fill(text, { timeout: MOMENT });
    });
  }

  /** Makes a gesture again where something got in its way: a webview that has just loaded takes the focus, and the quick input closes. */
  async again(gesture) {
    const deadline = Date.now() + PATIENCE;
    for (;;) {
      try {
        return await gesture();
      } catch (error) {
        if (Date.now() > deadline) throw error;
      }
    }
  }

  /** Takes a row of the quick pick that is open, or opening. */
  async choose(row) {
    await this.quickRow(row).first().click();
  }

  quickRow(text) {
    return this.page.locator(at.quickInputRow, { hasText: text });
  }

  /** Moves the mouse onto `text` in the line that holds `line` and gives back the hover when it says `expected`. */
  async hover(line, text, expected) {
    const { page } = this;
    const shown = page.locator(at.hover, { hasText: expected }).first();
    const deadline = Date.now() + PATIENCE;
    for (;;) {
      await this.leave();
      const target = await this.textAt(line, text);
      await page.mouse.move(target.x, target.y, { steps: 4 });
      try {
        await shown.waitFor({ timeout: 8000 });
        // What takes longer than the server's patience is there for the next hover.
        if (!(await shown.innerText()).includes('Working…') || Date.now() > deadline) return shown;
      } catch (error) {
        // The server may still be starting, and VS Code asks again only when the mouse comes back.
        if (Date.now() > deadline)
          throw new Error(`no hover with ${expected}: ${await this.hoverText()}`, { cause: error });
        await this.leave();
      }
    }
  }

  /** What hovers show now, for messages. */
  async hoverText() {
    return (await this.page.locator(at.hover).allInnerTexts()).join('\n') || 'nothing is shown';
  }

  /** Moves the mouse away, so that hovers close. */
  async leave() {
    const { width, height } = this.page.viewportSize();
    await this.page.mouse.move(width / 2, height - 8, { steps: 3 });
    await this.page.locator(at.hover).first().waitFor({ state: 'hidden' });
  }

  /** The middle of `text` in the first visible line that holds `line`, in page coordinates. */
  async textAt(line, text = line) {
    await this.line(line).waitFor();
    const place = await this.page.locator(at.editorLine).evaluateAll(locateText, { line, text });
    if (!place) throw new Error(`"${text}" is in no visible line with "${line}"`);
    return place;
  }

  line(text) {
    return this.page.locator(at.editorLine, { hasText: text }).first();
  }

  codeLens(text) {
    return this.page.locator(at.codeLens, { hasText: text }).first();
  }

  statusItem(text) {
    return this.page.locator(at.statusItem, { hasText: text }).first();
  }

  notification(text) {
    return this.page.locator(at.notification, { hasText: text }).first();
  }

  /** Puts the caret at a line and column, both counted from 1. */
  async goTo(line, column = 1) {
    await this.again(async () => {
      await this.quickOpen(`:${line}:${column}`);
      await this.page.locator(at.quickInputBox).press('Enter', { timeout: MOMENT });
      await this.page.locator(at.quickInputBox).waitFor({ state: 'hidden', timeout: MOMENT });
    });
  }

  /** Puts the caret where `text` stands in a visible line. */
  async placeCaret(line, text = line) {
    const { x, y } = await this.textAt(line, text);
    await this.page.mouse.click(x, y);
  }

  /** Replaces the first `text` of the open file by another, as Find and Replace does. */
  async replace(text, other) {
    const { page } = this;
    await page.keyboard.press('Control+H');
    const widget = page.locator(at.findWidget);
    await widget.locator(at.findBox).fill(text);
    await widget.locator(at.replaceBox).fill(other);
    await widget.locator(at.replaceBox).press('Control+Alt+Enter');
    await this.line(other).waitFor();
    await page.keyboard.press('Escape');
  }

  /** Waits until something holds that no element of the page shows. */
  async until(holds) {
    const deadline = Date.now() + PATIENCE;
    while (!(await holds())) {
      if (Date.now() > deadline) throw new Error(`still not so after ${PATIENCE / 1000} s: ${holds}`);
      await this.page.waitForTimeout(100);
    }
  }

  /** The document inside a webview that holds `selector`. */
  async webview(selector) {
    const deadline = Date.now() + PATIENCE;
    for (;;) {
      for (const frame of this.page.frames().filter((each) => at.webviewDocument.test(each.url()))) {
        const visible = frame.locator(selector).first();
        if (await visible.isVisible().catch(() => false)) return frame;
      }
      if (Date.now() > deadline) {
        await this.shot('no-webview');
        throw new Error(`no webview shows ${selector}: see no-webview.png`);
      }
      await this.page.waitForTimeout(100);
    }
  }
}
