import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  colourAt,
  cutoff,
  edges,
  enlarged,
  mapPixels,
  numberText,
  overlayPixels,
  rgb,
  scaleFor,
  sizeText,
  valuesOf,
} from '../src/webview/maps';
import { imageView } from './page';

const image = imageView().image!;
const [map] = image.maps;
const [direction, grey] = image.colourMaps;
const values = valuesOf(map!);

test('Values_OfAMap_AreFloatsInOrder', () => {
  assert.deepEqual(
    [...values].map((value) => Number(value.toFixed(2))),
    [0, 0.1, -0.2, 0.3, 0.4, -0.8, 0, 0.05],
  );
});

test('Cutoff_TopShare_KeepsTheStrongest', () => {
  assert.equal(cutoff(values, 25, 'both'), Math.fround(0.4)); // 2 of 8: −0.8 and 0.4
  assert.equal(cutoff(values, 12.5, 'for'), Math.fround(0.4));
  assert.equal(cutoff(values, 12.5, 'against'), Math.fround(0.8));
  assert.equal(cutoff(values, 0, 'both'), Number.POSITIVE_INFINITY);
  assert.ok(cutoff(values, 100, 'both') > 0, 'zeros are never shown');
  assert.ok(cutoff(new Float32Array(4), 50, 'both') > 0);
});

test('Overlay_Pixels_AreDirectionAndStrength', () => {
  const pixels = overlayPixels(values, map!, image, direction!, { evidence: 'both' }, 0.35);
  const pixel = (i: number) => [...pixels.slice(4 * i, 4 * i + 4)];
  assert.deepEqual(pixel(4), [...rgb(image.towards), 255]); // 1.25 · 0.4 / 0.45 is above 1
  assert.deepEqual(pixel(5), [...rgb(image.away), 255]);
  assert.deepEqual(pixel(3), [0, 0, 0, 0]);
  const against = overlayPixels(values, map!, image, direction!, { evidence: 'against' }, 0.15);
  assert.equal(against[4 * 4 + 3], 0);
  assert.equal(against[4 * 2 + 3], Math.round((255 * 1.25 * 0.2) / 0.45));
});

test('Overlay_InAnotherColourMap_TakesItsColours', () => {
  const pixels = overlayPixels(values, map!, image, grey!, { evidence: 'both' }, 0.35);
  assert.deepEqual([...pixels.slice(4 * 5, 4 * 5 + 3)], [0, 0, 255]); // below −limit: the first stop
});

test('Map_Pixels_AreOpaqueAndZeroIsTheMiddle', () => {
  const pixels = mapPixels(values, map!, direction!, 'for');
  assert.deepEqual([...pixels.slice(0, 4)], [0x20, 0x20, 0x20, 255]);
  assert.deepEqual([...pixels.slice(4 * 5, 4 * 5 + 4)], [0x20, 0x20, 0x20, 255], 'evidence against is left out');
});

test('Colour_BetweenStops_IsMixed', () => {
  assert.deepEqual(colourAt([rgb('#000000'), rgb('#FFFFFF')], 0.5), [128, 128, 128]);
  assert.deepEqual(colourAt([rgb('#000000'), rgb('#FFFFFF')], 7), [255, 255, 255]);
});

test('Enlarged_Constant_StaysAndMiddleIsBetween', () => {
  const flat = enlarged(Float32Array.of(2, 2, 2, 2), { width: 2, height: 2 }, { width: 5, height: 5 });
  assert.ok(flat.every((value) => value === 2));
  const ramp = enlarged(Float32Array.of(0, 1), { width: 2, height: 1 }, { width: 4, height: 1 });
  assert.deepEqual([...ramp], [0, 0.25, 0.75, 1]);
});

test('Edges_OfOneCell_AreItsFourSides', () => {
  assert.equal(edges(Float32Array.of(0, 1, 0, 0), { width: 2, height: 2 }, (value) => value > 0).length, 4);
});

test('Words_NumbersAndSizes_AreAsTheLookHasThem', () => {
  assert.equal(numberText(-0.449, 2, true), '−0.45');
  assert.equal(numberText(0.4, 2, true), '+0.40');
  assert.equal(numberText(0.001, 2, true), '±0.00');
  assert.equal(numberText(0.4, 2, false), '0.40');
  assert.equal(numberText(-1.234e-8, -1, true), '−1.23e−8');
  assert.equal(sizeText({ width: 28, height: 28 }, scaleFor({ width: 28, height: 28 }, 254)), '28 × 28, shown at 9×');
  assert.equal(
    sizeText({ width: 640, height: 320 }, scaleFor({ width: 640, height: 320 }, 320)),
    '640 × 320, shown at 0.5×',
  );
  assert.equal(sizeText({ width: 224, height: 224 }, scaleFor({ width: 224, height: 224 }, 254)), '224 × 224');
});
