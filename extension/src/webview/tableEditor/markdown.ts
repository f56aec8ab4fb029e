import { element } from '../dom';
import { icon, type IconName } from '../icons';

/** A command that a link in a hover runs. */
export interface LinkedCommand {
  id: string;
  arguments: unknown[];
}

const entities: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&#36;': '$',
  '&nbsp;': '\u00a0',
};

const icons: Record<string, IconName> = {
  graph: 'graph',
  beaker: 'flask',
  copy: 'copy',
  check: 'check',
  warning: 'warning',
  question: 'question',
};

/** In the order in which they are tried; whatever none of them matches is text. */
const inline = [
  /\\(?<escaped>.)/y,
  /(?<entity>&(?:amp|lt|gt|nbsp|#36);)/y,
  /(?<bold>\*\*)/y,
  /\$\((?<icon>[a-z-]+)(?:~spin)?\)/y,
  /!\[(?<alt>(?:\\.|[^\]\\])*)\]\((?<image>data:image\/(?:png|webp);base64,[A-Za-z0-9+/=]*)\|width=(?<width>\d+),height=(?<height>\d+)\)/y,
  /\[(?<label>(?:\\.|[^\]\\])*)\]\(command:(?<command>explainLsp\.[A-Za-z]+)\?(?<arguments>[^)\s]*)\)/y,
];

/**
 * A hover's Markdown as elements: bold words, icons, pictures as data, links to our commands, tables and rules, which is all that the
 * server writes. Anything else stays text, so nothing in a file becomes more than that.
 */
export function markdownView(text: string, run: (command: LinkedCommand) => void): HTMLElement[] {
  return text.split(/\n{2,}/).map((block) => {
    if (block.trim() === '---') return element('hr');
    if (block.startsWith('|')) return tableOf(block.split('\n'), run);
    return element('p', {}, spans(block, run));
  });
}

function tableOf(lines: readonly string[], run: (command: LinkedCommand) => void): HTMLElement {
  const cells = (line: string) =>
    line
      .trim()
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim());
  const [head = '', alignment = '', ...rows] = lines;
  const numeric = cells(alignment).map((rule) => rule.endsWith(':'));
  const row = (line: string, tag: 'td' | 'th') =>
    element(
      'tr',
      {},
      cells(line).map((cell, i) => element(tag, { class: numeric[i] ? 'number' : '' }, spans(cell, run))),
    );
  return element('table', { class: 'small' }, [
    element('thead', {}, [row(head, 'th')]),
    element(
      'tbody',
      {},
      rows.map((line) => row(line, 'td')),
    ),
  ]);
}

function spans(text: string, run: (command: LinkedCommand) => void): Node[] {
  const nodes: Node[] = [];
  let bold: HTMLElement | undefined;
  const add = (node: Node | string) => {
    if (bold) bold.append(node);
    else nodes.push(typeof node === 'string' ? document.createTextNode(node) : node);
  };
  for (let at = 0; at < text.length;) {
    const found = match(text, at);
    if (!found) {
      add(text[at]!);
      at++;
      continue;
    }
    at += found[0].length;
    const parts = found.groups!;
    if (parts['bold']) {
      if (bold) {
        nodes.push(bold);
        bold = undefined;
      } else bold = element('strong');
    } else if (parts['escaped']) add(parts['escaped']);
    else if (parts['entity']) add(entities[parts['entity']]!);
    else if (parts['icon']) {
      const name = icons[parts['icon']];
      if (name) add(icon(name));
    } else if (parts['image']) add(picture(parts));
    else add(link(parts, run));
  }
  if (bold) nodes.push(bold);
  return nodes;
}

function match(text: string, at: number): RegExpExecArray | undefined {
  for (const pattern of inline) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) return found;
  }
  return undefined;
}

function picture({ alt = '', image = '', width = '', height = '' }: Record<string, string>): HTMLElement {
  const node = element('img', { attributes: { alt: plain(alt), width, height } });
  node.src = image;
  return node;
}

function link(parts: Record<string, string>, run: (command: LinkedCommand) => void): HTMLElement {
  const given = argumentsOf(parts['arguments'] ?? '');
  return element(
    'button',
    {
      class: 'link',
      attributes: { type: 'button' },
      on: { click: () => run({ id: parts['command']!, arguments: given }) },
    },
    spans(parts['label'] ?? '', run),
  );
}

function argumentsOf(text: string): unknown[] {
  try {
    const value: unknown = JSON.parse(decodeURIComponent(text));
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

function plain(text: string): string {
  return text.replace(/\\(.)/g, '$1').replace(/&(?:amp|lt|gt|nbsp|#36);/g, (entity) => entities[entity]!);
}
