import type { PanelColourMap, PanelMap } from '../protocol';
import { element } from './dom';
import { numberText } from './maps';

/** The colours of a map in numbers: a bar from end to end, what the ends mean, and where they come from; named where there are two. */
export function legend(map: PanelMap, colours: PanelColourMap, named: boolean): HTMLElement {
  const bar = element('div', { class: 'scale' });
  const stops = map.twoSided ? colours.twoSided : colours.oneSided;
  bar.style.backgroundImage = `linear-gradient(to right, ${stops.join(', ')})`;
  const ticks = (map.twoSided ? [-1, -0.5, 0, 0.5, 1] : [0, 0.5, 1]).map((share) => {
    const value = map.low + share * (map.limit - map.low);
    const text = value === 0 ? '0' : numberText(value, map.decimals, map.twoSided);
    const tick = element('span', { text });
    tick.style.left = `${map.twoSided ? (share + 1) * 50 : share * 100}%`;
    return tick;
  });
  return element('section', { class: 'legend', attributes: { 'aria-label': `Legend. ${map.unit}` } }, [
    named ? element('h3', { text: map.title }) : undefined,
    element('p', { class: 'unit', text: map.unit }),
    element('p', { class: 'ends' }, [element('span', { text: map.against }), element('span', { text: map.for })]),
    bar,
    element('div', { class: 'ticks' }, ticks),
    element('p', { class: 'ink2', text: map.limitText }),
  ]);
}
