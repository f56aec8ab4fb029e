// Pictures: hovers on their paths, the panel with its sliders, the contact sheet, and "Reopen With…". Leaves screenshots in out/editor/shots.
import assert from 'node:assert';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { inRoot } from '../../scripts/lib/paths.mjs';
import { ImagePanel } from './harness/imagePanel.mjs';
import * as at from './harness/selectors.mjs';
import { openSession } from './harness/session.mjs';
import { QUIET, THEMES } from './harness/settings.mjs';
import { plain } from './harness/text.mjs';

const COAT = 'fashion-cnn/test/Coat/00010.png';

let session;
let editor;

before(async () => {
  session = await openSession('image', {
    scale: 2,
    size: { width: 1440, height: 860 },
    arrange(workspace) {
      // A model of clothes, and pictures whose maps Captum computed, in folders named after their classes, and a list of them.
      const fashion = path.join(workspace, 'fashion-cnn');
      fs.cpSync(inRoot('tests/fixtures/models/fashion-cnn'), fashion, { recursive: true });
      fs.cpSync(inRoot('tests/fixtures/data/fashion-mnist/test'), path.join(fashion, 'test'), { recursive: true });
      const pictures = fs
        .readdirSync(path.join(fashion, 'test'), { recursive: true })
        .filter((file) => file.endsWith('.png'))
        .sort();
      fs.writeFileSync(
        path.join(fashion, 'test.csv'),
        `file,label\n${pictures.map((file) => `test/${file},${path.dirname(file)}\n`).join('')}`,
      );
      fs.writeFileSync(
        path.join(fashion, 'look.py'),
        'from PIL import Image\n\ncoat = Image.open("test/Coat/00010.png").convert("L")\n',
      );
    },
  });
  editor = session.editor;
});
after(() => session?.close());

describe('a path in a document', () => {
  test('in a list of pictures, a row says what its picture shows', async () => {
    await editor.openFile('fashion-cnn/test.csv');
    await editor.codeLens('Explain all images').waitFor();
    await editor.line('→ ').waitFor();
    const hover = await editor.hover('test/Coat/00010.png', 'Coat/00010.png', 'HiResCAM');
    assert.match(plain(await hover.innerText()), /Coat +97\.5 %.*label Coat.*Open panel.*Method….*Copy/s);
    const image = await pictureOf(hover);
    assert.deepStrictEqual([image.width, image.naturalWidth], [420, 840]);
    assert.match(image.alt, /00010\.png/);
    await editor.shot('hover-image-csv');
  });

  test('in Python, it does too; headline, figure and links are visible at once', async () => {
    await editor.openFile('fashion-cnn/look.py');
    const hover = await editor.hover('Image.open', '00010.png', 'HiResCAM');
    await pictureOf(hover);
    const top = (await hover.boundingBox()).y;
    const links = await hover.locator('a', { hasText: 'Open panel' }).boundingBox();
    assert.ok(links.y + links.height - top <= 250, `the links end ${links.y + links.height - top} px below the top`);
    await editor.shot('hover-image-python');
  });

  test('Open panel in the hover opens the picture', async () => {
    const hover = await editor.hover('Image.open', '00010.png', 'HiResCAM');
    await hover.locator('a', { hasText: 'Open panel' }).click();
    const panel = await ImagePanel.open(editor, /Why Coat/);
    assert.match(await panel.text('.subline'), /fashion-cnn\/test\/Coat\/00010\.png · Coat 97\.5 %/);
    assert.ok(await panel.painted(1), 'the map is empty');
    await editor.shot('image-default');
  });
});

describe('the panel', () => {
  let panel;
  before(async () => {
    panel = await ImagePanel.open(editor, /Why Coat/);
    await panel.choose('Method', 'Integrated gradients');
    await panel.choose('Scale', 'logit');
    await panel.choose('Second class', 'Pullover');
    await panel.answered(/and not Pullover/);
  });

  test('sums as Captum does, for the class and for the difference of two', async () => {
    const rows = await panel.rows();
    assert.deepStrictEqual(
      rows.map((cells) => cells.slice(1)),
      [
        ['+41.94', '−23.74', '+18.20'],
        ['+60.39', '−37.59', '+22.80'],
      ],
    );
    await editor.shot('image-two-classes');
  });

  test('sliders, evidence and colours answer without the server', async () => {
    const before = await panel.pixels(2);
    await panel.slide('Show top', 60);
    const more = await panel.pixels(2);
    assert.ok(more.opaque > before.opaque, `${more.opaque} after ${before.opaque}`);
    await panel.slide('Opacity', 50);
    assert.strictEqual(await panel.opacity(), '0.5');
    await panel.evidence('For');
    assert.ok((await panel.pixels(2)).opaque < more.opaque);
    await editor.shot('image-sliders');
    await panel.colours('Viridis');
    await editor.shot('image-viridis');
    await panel.colours('Orange and blue');
    await panel.evidence('Both');
    await panel.slide('Show top', 20);
    await panel.slide('Opacity', 95);
  });

  test('reads a pixel under the mouse and from the keyboard', async () => {
    await panel.point(1, 0.5, 0.5);
    assert.match(
      await panel.text('.readout'),
      /^x 14, y 14 · Coat [+−±]\d\.\d\d · Coat − Pullover [+−±]\d\.\d\d · grey \d+$/,
    );
    await panel.frame.locator('.maps').press('ArrowLeft');
    assert.match(await panel.text('.readout'), /^x 13, y 14/);
    await editor.shot('image-readout');
  });

  test('shows a second method beside the first', async () => {
    await panel.choose('Second method', 'Occlusion');
    await panel.answered(/Why Coat\?/);
    assert.deepStrictEqual(await panel.titles(), ['Picture', 'Integrated gradients', 'On the picture', 'Occlusion']);
    await editor.shot('image-two-methods');
  });

  test('is there again after a reload, as it was looked at', async () => {
    await panel.slide('Show top', 35);
    await editor.reload();
    panel = await ImagePanel.open(editor, /Why Coat/);
    assert.strictEqual(await panel.chosen('Second method'), 'Occlusion');
    assert.strictEqual(await panel.frame.locator('input[aria-label="Show top, per cent"]').inputValue(), '35');
  });
});

describe('several pictures', () => {
  test('the list opens a contact sheet, mistakes first; a picture opens its panel', async () => {
    await editor.openFile('fashion-cnn/test.csv');
    await editor.codeLens('Explain all images').click();
    const sheet = await ImagePanel.openSheet(editor, /What the model sees/);
    const said = await sheet.frame.locator('.cell').evaluateAll((cells) => cells.map((cell) => cell.ariaLabel));
    assert.ok(said.length >= 20, `${said.length} pictures`);
    const firstRight = said.findIndex((label) => !label.endsWith('wrong'));
    assert.ok(firstRight > 0 && said.slice(firstRight).every((label) => !label.endsWith('wrong')), said.join('\n'));
    await editor.shot('sheet');
    await sheet.frame.locator('.cell').first().press('Enter');
    await ImagePanel.open(editor, /Why/);
  });
});

describe('Reopen With…', () => {
  test('a picture opens as an editor of its own', async () => {
    await editor.command('View: Close All Editors');
    await editor.openTab(COAT);
    await editor.commandAnd('View: Reopen Editor With...', 'Explained Image');
    const panel = await ImagePanel.open(editor, /Why Coat/);
    assert.deepStrictEqual((await panel.titles()).slice(0, 3), ['Picture', 'For Coat', 'On the picture']);
    await editor.shot('image-editor');
  });
});

for (const [kind, theme] of Object.entries(THEMES)) {
  test(`in a ${kind} theme`, async () => {
    session.server.writeSettings({ ...QUIET, 'workbench.colorTheme': theme });
    await editor.command('View: Close All Editors');
    await editor.reload();
    await editor.themed(kind);
    await editor.openFile('fashion-cnn/look.py');
    const hover = await editor.hover('Image.open', '00010.png', 'HiResCAM');
    await pictureOf(hover);
    await editor.shot(`hover-image-${kind}`);
    await hover.locator('a', { hasText: 'Open panel' }).click();
    const panel = await ImagePanel.open(editor, /Why Coat/);
    await panel.choose('Method', 'Integrated gradients');
    await panel.choose('Scale', 'logit');
    await panel.choose('Second class', 'Pullover');
    await panel.answered(/and not Pullover/);
    await editor.shot(`panel-image-${kind}`);
    await editor.openFile('fashion-cnn/test.csv');
    await editor.codeLens('Explain all images').click();
    await ImagePanel.openSheet(editor, /What the model sees/);
    await editor.shot(`contact-sheet-${kind}`);
  });
}

test('no other machine was asked for anything', () => assert.deepStrictEqual(editor.outside, []));

function pictureOf(hover) {
  return hover
    .locator('img')
    .first()
    .evaluate(async (image) => {
      await image.decode();
      return { width: image.width, naturalWidth: image.naturalWidth, alt: image.alt };
    });
}
