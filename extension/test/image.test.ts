import assert from 'node:assert/strict';
import { test } from 'node:test';
import { choose, isQuestion, sharesPanel } from '../src/panels/question';
import { imageView, Page, sheetView } from './page';

const shown = () => {
  const page = new Page();
  page.show(imageView());
  return page;
};

test('Image_WithTwoMaps_ShowsPictureMapOverlayAndSecondMap', () => {
  const page = shown();
  assert.deepEqual(
    page.all('figure h2').map((heading) => heading.textContent),
    ['Picture', 'For Coat', 'On the picture', 'For Coat, not Pullover'],
  );
  assert.match(page.all('figure canvas')[2]!.getAttribute('aria-label')!, /Strongest for: left/);
  assert.match(
    page.one('.legend').textContent!,
    /One pixel, logit of Coat.*against Coat.*for Coat.*−0\.45.*\+0\.45.*largest pixel −0\.80/s,
  );
  assert.match(page.one('.table').textContent!, /\+18\.20/);
});

test('Image_Slider_MovesItsFieldAndIsKept', () => {
  const page = shown();
  const range = page.one('input[type="range"][aria-label="Show top"]') as HTMLInputElement;
  range.value = '35';
  page.fire(range, 'input');
  assert.equal((page.one('input[aria-label="Show top, per cent"]') as HTMLInputElement).value, '35');
  assert.equal(page.saved!.look!.top, 35);
  assert.match(page.all('figure')[2]!.textContent!, /strongest 35 % of pixels/);
});

test('Image_Field_OutOfRangeOrEmpty_IsBroughtIntoIt', () => {
  const page = shown();
  const field = page.one('input[aria-label="Opacity, per cent"]') as HTMLInputElement;
  field.value = '400';
  page.fire(field, 'change');
  assert.equal(field.value, '100');
  field.value = '';
  page.fire(field, 'change');
  assert.equal(field.value, '100');
  assert.equal(page.saved!.look!.opacity, 100);
  assert.equal(page.all('canvas.over')[2]!.style.opacity, '1');
});

test('Image_Evidence_IsARadioGroupThatArrowsWalk', () => {
  const page = shown();
  page.one('[data-value="both"]').focus();
  page.press('ArrowRight');
  assert.equal(page.document.activeElement!.textContent, 'For');
  assert.equal(page.one('[aria-checked="true"]').textContent, 'For');
  assert.equal(page.saved!.look!.evidence, 'for');
  assert.equal(page.all('.segments [tabindex="0"]').length, 1);
});

test('Image_ArrowKeys_ReadPixels', () => {
  const page = shown();
  page.one('.maps').focus();
  page.press('ArrowRight'); // the first key begins in the middle
  assert.equal(page.one('.readout').textContent, 'x 2, y 1 · Coat ±0.00 · Coat − Pullover ±0.00');
  page.press('ArrowLeft');
  assert.match(page.one('.readout').textContent!, /^x 1, y 1 · Coat −0\.80/);
  page.press('End');
  assert.match(page.one('.readout').textContent!, /^x 3, y 1 · Coat \+0\.05/);
  page.press('Home', { ctrlKey: true });
  assert.match(page.one('.readout').textContent!, /^x 0, y 0/);
  page.press('ArrowUp');
  assert.match(page.one('.readout').textContent!, /^x 0, y 0/, 'there is nothing above');
  assert.equal(page.all('.pixel:not([hidden])').length, 4);
});

test('Image_Pickers_AskForASecondClassALayerAndABaseline', () => {
  const page = shown();
  for (const [label, value] of [
    ['Second class', ''],
    ['Layer', 'a'],
    ['Baseline', 'blur'],
    ['Second method', 'lime'],
  ] as const) {
    const picker = page.one(`select[aria-label="${label}"]`) as HTMLSelectElement;
    picker.value = value;
    page.fire(picker, 'change');
  }
  assert.deepEqual(
    page.posted.map((message) => (message.type === 'choose' ? message.choice : message)),
    [
      { picker: 'other', value: '' },
      { picker: 'layer', value: 'a' },
      { picker: 'baseline', value: 'blur' },
      { picker: 'otherMethod', value: 'lime' },
    ],
  );
});

test('Question_OfAPicture_IsComparedWithOneThingAtATime', () => {
  const question = { kind: 'image', uri: 'file:///a.png' } as const;
  const withClass = choose(question, { picker: 'other', value: '2' });
  assert.deepEqual(withClass, { ...question, other: '2', otherMethod: undefined });
  assert.equal(choose(withClass, { picker: 'otherMethod', value: 'lime' }).other, undefined);
  assert.equal(choose(withClass, { picker: 'target', value: '2' }).other, undefined);
  assert.equal(choose(withClass, { picker: 'layer', value: '' }).options?.['layer'], undefined);
  assert.ok(isQuestion(withClass));
  assert.ok(!isQuestion({ kind: 'sheet', uri: 'file:///a' }));
  assert.ok(sharesPanel(question, { kind: 'image', uri: 'file:///b.png' }));
});

test('Sheet_MistakesComeFirst_AndOrdersCanBeChosen', () => {
  const page = new Page();
  page.show(sheetView());
  const names = () => page.all('.cell .name').map((name) => name.textContent);
  assert.deepEqual(names(), ['b.png', 'c.png', 'a.png', 'd.png']);
  assert.match(page.one('.cell.wrong').textContent!, /Shirt.*70\.0 %.*≠ Coat/);
  const order = page.one('select[aria-label="Order"]') as HTMLSelectElement;
  const taken = (value: string) => {
    order.value = value;
    page.fire(order, 'change');
    return names();
  };
  assert.deepEqual(taken('name'), ['a.png', 'b.png', 'c.png', 'd.png']);
  assert.deepEqual(taken('confidence'), ['a.png', 'c.png', 'b.png', 'd.png']);
  assert.deepEqual(taken('class'), ['d.png', 'c.png', 'a.png', 'b.png']);
  assert.equal(page.saved!.order, 'class');
});

test('Sheet_NewPictures_ArePutInWhereTheyBelongAndTheFocusStays', () => {
  const page = new Page();
  page.show(sheetView());
  page.all('.cell')[1]!.focus();
  const fresh = { ...sheetView().sheet!.items[1]!, uri: 'file:///data/e.png', name: 'e.png', confidence: 0.99 };
  page.app.receive({ type: 'items', items: [fresh], total: 5 });
  assert.deepEqual(
    page.all('.cell .name').map((name) => name.textContent),
    ['e.png', 'b.png', 'c.png', 'a.png', 'd.png'],
  );
  assert.equal((page.document.activeElement as HTMLElement).dataset['uri'], 'file:///data/c.png');
  assert.match(page.one('.contact').textContent!, /5 pictures/);
});

test('Sheet_Cell_OpensItsPicture_AndArrowsWalk', () => {
  const page = new Page();
  page.show(sheetView());
  assert.equal(page.all('.cell[tabindex="0"]').length, 1);
  page.all('.cell')[0]!.focus();
  page.press('ArrowRight');
  (page.document.activeElement as HTMLElement).click();
  assert.deepEqual(page.posted, [{ type: 'openImage', uri: 'file:///data/c.png' }]);
  assert.equal(page.all('.cell')[0]!.getAttribute('aria-label'), 'b.png: Shirt 70.0 %, label Coat, wrong');
});
