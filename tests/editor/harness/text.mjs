// Runs inside the page, so it uses nothing from outside itself.

/**
 * Finds text in rendered editor lines.
 * @param {HTMLElement[]} lines
 * @param {{ line: string, text: string }} wanted the line that holds `line`, in it the first `text`
 * @returns {{ x: number, y: number } | null} the middle of the text
 */
export function locateText(lines, { line, text }) {
  const plain = (content) => content.replaceAll('\u00a0', ' '); // the editor renders spaces as no-break spaces
  const element = lines.find((each) => plain(each.textContent).includes(line));
  if (!element) return null;
  let start = plain(element.textContent).indexOf(text);
  if (start < 0) return null;
  let end = start + text.length;
  const range = document.createRange();
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let open = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.data.length;
    if (!open && start < length) {
      range.setStart(node, start);
      open = true;
    }
    if (end <= length) {
      range.setEnd(node, end);
      const box = range.getBoundingClientRect();
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    }
    start -= length;
    end -= length;
  }
  return null;
}

/** Text with every kind of space as a plain one, so that tests can write what people read. */
export const plain = (text) => text.replace(/[\u00a0\u2009\u202f]/g, ' ').trim();

/** A signed number as the product writes it: U+2212 for minus, always with sign. */
export const signed = (value, digits) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`;
