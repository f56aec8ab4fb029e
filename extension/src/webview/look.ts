import type { MapLook } from '../panels/messages';
import type { PanelColourMap } from '../protocol';
import { element } from './dom';
import { icon } from './icons';
import { segments } from './segments';

export const firstLook: MapLook = { opacity: 95, top: 20, evidence: 'both', colourMap: '' };

/** A saved look, brought into its limits: it may be of another version. */
export function lookOf(saved: Partial<MapLook> | undefined): MapLook {
  const number = (value: unknown, otherwise: number, least: number) =>
    typeof value === 'number' && Number.isFinite(value) ? Math.min(Math.max(value, least), 100) : otherwise;
  return {
    opacity: number(saved?.opacity, firstLook.opacity, 0),
    top: number(saved?.top, firstLook.top, 1),
    evidence: saved?.evidence === 'for' || saved?.evidence === 'against' ? saved.evidence : 'both',
    colourMap: typeof saved?.colourMap === 'string' ? saved.colourMap : '',
  };
}

/** How maps are looked at: two sliders with number fields, the kind of evidence, the colours. */
export function lookControls(
  look: MapLook,
  colourMaps: readonly PanelColourMap[],
  signed: boolean,
  changed: (change: Partial<MapLook>) => void,
): HTMLElement {
  return element('section', { class: 'look', attributes: { 'aria-label': 'How the maps are shown' } }, [
    slider('Opacity', look.opacity, 0, (opacity) => changed({ opacity })),
    slider('Show top', look.top, 1, (top) => changed({ top })),
    signed ? evidence(look.evidence, (kind) => changed({ evidence: kind })) : undefined,
    colours(look.colourMap, colourMaps, (colourMap) => changed({ colourMap })),
  ]);
}

function slider(name: string, value: number, least: number, changed: (value: number) => void): HTMLElement {
  const limits = { min: least, max: 100, step: 1 };
  const range = element('input', {
    class: 'range',
    attributes: { type: 'range', ...limits, 'aria-label': name, 'aria-valuetext': `${value} %` },
    on: { input: () => take(Number(range.value)) },
  });
  const field = element('input', {
    class: 'percent',
    attributes: { type: 'number', ...limits, 'aria-label': `${name}, per cent` },
    on: { change: () => take(field.value.trim() === '' ? value : Number(field.value)) },
  });
  const show = () => {
    range.value = field.value = String(value);
    range.setAttribute('aria-valuetext', `${value} %`);
    range.style.setProperty('--share', `${(100 * (value - least)) / (100 - least)}%`);
  };
  const take = (next: number) => {
    value = Number.isFinite(next) ? Math.min(Math.max(Math.round(next), least), 100) : value;
    show();
    changed(value);
  };
  show();
  return element('div', { class: 'control' }, [
    element('span', { class: 'name', text: name }),
    range,
    field,
    element('span', { class: 'unit', text: '%' }),
  ]);
}

const kinds = [
  { value: 'both', text: 'Both' },
  { value: 'for', text: 'For' },
  { value: 'against', text: 'Against' },
];

function evidence(chosen: MapLook['evidence'], changed: (kind: MapLook['evidence']) => void): HTMLElement {
  const group = segments('Evidence', kinds, chosen, (kind) => changed(kind as MapLook['evidence']));
  return element('div', { class: 'control' }, [element('span', { class: 'name', text: 'Evidence' }), group]);
}

function colours(chosen: string, maps: readonly PanelColourMap[], changed: (id: string) => void): HTMLElement {
  const node = element(
    'select',
    { attributes: { 'aria-label': 'Colours' }, on: { change: () => changed(node.value) } },
    maps.map(({ id, title }) => element('option', { text: title, attributes: { value: id } })),
  );
  node.value = maps.some(({ id }) => id === chosen) ? chosen : (maps[0]?.id ?? '');
  return element('div', { class: 'control' }, [
    element('span', { class: 'name', text: 'Colours' }),
    element('span', { class: 'select' }, [node, icon('chevronDown')]),
  ]);
}
