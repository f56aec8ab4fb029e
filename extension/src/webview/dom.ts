/** What an element is made of. Text only ever becomes text: there is no way to pass markup. */
export interface Parts {
  class?: string;
  text?: string;
  attributes?: Record<string, string | number | boolean | undefined>;
  on?: Partial<{ [K in keyof HTMLElementEventMap]: (event: HTMLElementEventMap[K]) => void }>;
}

export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  parts: Parts = {},
  children: readonly (Node | undefined)[] = [],
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  if (parts.class) node.className = parts.class;
  if (parts.text !== undefined) node.textContent = parts.text;
  setAttributes(node, parts.attributes);
  for (const [type, listener] of Object.entries(parts.on ?? {})) node.addEventListener(type, listener as EventListener);
  for (const child of children) if (child) node.append(child);
  return node;
}

/** False and undefined leave an attribute out; true makes it empty, except for `aria-…`, which say "true". */
export function setAttributes(node: Element, attributes: Parts['attributes'] = {}): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || (value === false && !name.startsWith('aria-'))) node.removeAttribute(name);
    else node.setAttribute(name, value === true && !name.startsWith('aria-') ? '' : String(value));
  }
}
