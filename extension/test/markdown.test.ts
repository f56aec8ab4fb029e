import assert from 'node:assert/strict';
import { test } from 'node:test';
import { markdownView, type LinkedCommand } from '../src/webview/tableEditor/markdown';
import { Page } from './page';

function shown(text: string): { root: HTMLElement; ran: LinkedCommand[] } {
  const { document } = new Page();
  const ran: LinkedCommand[] = [];
  const root = document.createElement('div');
  root.append(...markdownView(text, (command) => ran.push(command)));
  return { root, ran };
}

test('Markdown_OfAHover_BecomesElements', () => {
  const link = `[$(graph) Open panel](command:explainLsp.explainRow?${encodeURIComponent('["file:///a.parquet",3]')})`;
  const { root, ran } = shown(
    `**&gt;50K** **65.9 %** · $(check) label \\*x\\*\n\n![a \\[b\\]](data:image/png;base64,iVBORw0KGgo=|width=420,height=164)\n\n${link}\n\n---\n\n| column | value |\n| :-- | --: |\n| a\\|b | 3 |`,
  );
  assert.deepEqual(
    [...root.children].map(({ tagName }) => tagName),
    ['P', 'P', 'P', 'HR', 'TABLE'],
  );
  assert.equal(root.querySelector('strong')!.textContent, '>50K');
  assert.match(root.textContent!, /label \*x\*/);
  assert.equal(root.querySelector('img')!.getAttribute('alt'), 'a [b]');
  assert.equal(root.querySelector('img')!.getAttribute('width'), '420');
  root.querySelector<HTMLElement>('.link')!.click();
  assert.deepEqual(ran, [{ id: 'explainLsp.explainRow', arguments: ['file:///a.parquet', 3] }]);
  assert.deepEqual(
    [...root.querySelectorAll('td')].map(({ textContent }) => textContent),
    ['a|b', '3'],
  );
});

test('Markdown_WhatItDoesNotKnow_StaysText', () => {
  const evil =
    '<img src=x onerror=1> [x](javascript:alert(1)) [y](command:workbench.action.quit?[]) ![z](https://a.b/c.png|width=1,height=1)';
  const { root } = shown(evil);
  assert.equal(root.textContent, evil);
  assert.equal(root.querySelectorAll('img, a, button').length, 0);
});
