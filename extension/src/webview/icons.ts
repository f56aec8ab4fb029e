const svg = 'http://www.w3.org/2000/svg';

/** Icons of 16 × 16, drawn with 1.2 px lines in the colour of the text. */
const paths = {
  check: ['M8 1.6a6.4 6.4 0 1 0 0 12.8A6.4 6.4 0 1 0 8 1.6', 'M5.2 8.3 7.2 10.3 10.9 6.1'],
  warning: ['M8 1.9 14.6 13.7H1.4Z', 'M8 6.2V9.8', 'M8 11.4V12.1'],
  error: ['M8 1.6a6.4 6.4 0 1 0 0 12.8A6.4 6.4 0 1 0 8 1.6', 'M5.7 5.7 10.3 10.3', 'M10.3 5.7 5.7 10.3'],
  info: ['M8 1.6a6.4 6.4 0 1 0 0 12.8A6.4 6.4 0 1 0 8 1.6', 'M8 7.2V11.4', 'M8 4.6V5.3'],
  question: [
    'M8 1.6a6.4 6.4 0 1 0 0 12.8A6.4 6.4 0 1 0 8 1.6',
    'M6 6.4a2 2 0 1 1 2.9 1.8C8.2 8.6 8 8.9 8 9.6',
    'M8 11.2V11.9',
  ],
  chevronDown: ['M3.8 6.2 8 10.4 12.2 6.2'],
  chevronUp: ['M3.8 9.8 8 5.6 12.2 9.8'],
  graph: ['M2 2.4V13.6H14', 'M5 11V7.4', 'M8.4 11V4.4', 'M11.8 11V8.8'],
  discard: ['M3 3.2V6.8H6.6', 'M3.2 6.6A5.4 5.4 0 1 1 2.8 9.6'],
  save: ['M8 1.8V10', 'M4.8 7 8 10.2 11.2 7', 'M2 10.6V13.8H14V10.6'],
  flask: [
    'M6.2 1.8H9.8',
    'M6.8 1.8V6.4L2.8 13.2Q2.4 14.2 3.4 14.2H12.6Q13.6 14.2 13.2 13.2L9.2 6.4V1.8',
    'M4.6 10.4H11.4',
  ],
  copy: ['M5.5 3.6V1.6H13.4V11.4H11', 'M2.6 4.6H10.5V14.4H2.6Z'],
  picture: ['M1.8 2.8H14.2V13.2H1.8Z', 'M2 11.4 5.8 7.4 9.2 10.8', 'M8.6 10.2 10.8 8 14 11', 'M10.6 5.4V5.5'],
  table: ['M1.8 2.8H14.2V13.2H1.8Z', 'M1.8 6H14.2', 'M1.8 9.6H14.2', 'M6.4 6V13.2'],
  braces: [
    'M6 2.2C4.4 2.2 4.2 3 4.2 4.4 4.2 6.4 3.9 7.6 2.4 8 3.9 8.4 4.2 9.6 4.2 11.6 4.2 13 4.4 13.8 6 13.8',
    'M10 2.2C11.6 2.2 11.8 3 11.8 4.4 11.8 6.4 12.1 7.6 13.6 8 12.1 8.4 11.8 9.6 11.8 11.6 11.8 13 11.6 13.8 10 13.8',
  ],
};

export type IconName = keyof typeof paths;

/** An icon; decoration for the words beside it, so screen readers skip it. */
export function icon(name: IconName): SVGSVGElement {
  const root = document.createElementNS(svg, 'svg');
  root.setAttribute('viewBox', '0 0 16 16');
  root.setAttribute('class', 'icon');
  root.setAttribute('aria-hidden', 'true');
  for (const d of paths[name]) {
    const path = document.createElementNS(svg, 'path');
    path.setAttribute('d', d);
    root.append(path);
  }
  return root;
}
