// The same in every kind of theme: figures take its colours, and what must be seen at once fits. Leaves screenshots in out/editor/shots.
import assert from 'node:assert';
import { after, before, describe, test } from 'node:test';
import { openPanel } from './harness/panel.mjs';
import { openSession } from './harness/session.mjs';
import { QUIET, THEMES } from './harness/settings.mjs';

const ROW = '50,Private,Some-college,Married-civ-spouse';

/** The colour that draws "towards", by kind of theme. */
const TOWARDS = { dark: '#EF9851', light: '#B65416', 'hc-dark': '#FFBB69', 'hc-light': '#943B12' };

let session;
let editor;

before(async () => {
  session = await openSession('themes', { scale: 2 });
  editor = session.editor;
  await editor.command('View: Toggle Primary Side Bar Visibility');
});
after(() => session?.close());

for (const [kind, theme] of Object.entries(THEMES)) {
  describe(kind, () => {
    before(async () => {
      session.server.writeSettings({ ...QUIET, 'workbench.colorTheme': theme });
      await editor.command('View: Close All Editors');
      await editor.reload();
      await editor.themed(kind);
    });

    test('row hover: figure in the theme, headline and links visible at once', async () => {
      await editor.openFile('adult/test.csv');
      await editor.line('→ >50K 66').waitFor();
      const hover = await editor.hover(ROW, '50', '65.9');
      await editor.until(() => hover.locator('img').first().evaluate(holdsColour, TOWARDS[kind]));
      const top = (await hover.boundingBox()).y;
      const links = await hover.locator('a', { hasText: 'Open panel' }).boundingBox();
      assert.ok(links.y + links.height - top <= 250, `the links end ${links.y + links.height - top} px below the top`);
      await editor.shot(`hover-row-${kind}`);
    });

    test('cell hover', async () => {
      const hover = await editor.hover(ROW, '84', /hours-per-week.{1,3}=.{1,3}84/);
      const image = await hover.locator('img').first().boundingBox();
      const box = await hover.boundingBox();
      assert.ok(image.x >= box.x && image.x + image.width <= box.x + box.width, 'the figure is cut off');
      await editor.shot(`hover-cell-${kind}`);
    });

    test('header hover', async () => {
      await editor.hover('age,workclass', 'age', /importance \d+ of 12/);
      await editor.shot(`hover-header-${kind}`);
      await editor.leave();
    });

    test('panel of a row', async () => {
      await editor.openFile('breast-cancer/test.csv');
      await editor.goTo(15);
      await editor.statusItem('Breast cancer').waitFor();
      await editor.command('Explain: Explain Sample at Cursor');
      const panel = await openPanel(editor, /Why malignant/);
      await editor.until(() => panel.frame.locator('.figure img').evaluate(holdsColour, TOWARDS[kind]));
      await editor.shot(`panel-row-${kind}`);
    });

    test('panel of a table', async () => {
      await editor.openFile('adult/test.csv');
      await editor.command('Explain: Global Feature Importance');
      await openPanel(editor, /relies on/);
      await editor.shot(`panel-global-${kind}`);
    });
  });
}

test('no other machine was asked for anything', () => assert.deepStrictEqual(editor.outside, []));

/** Whether an image has at least 50 pixels of a colour, within what compression to few colours may change. */
async function holdsColour(image, hex) {
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth;
  canvas.height = image.naturalHeight;
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  const wanted = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  let found = 0;
  for (let i = 0; i < data.length; i += 4)
    if (data[i + 3] === 255 && wanted.every((value, channel) => Math.abs(data[i + channel] - value) <= 6)) found++;
  return found >= 50;
}
