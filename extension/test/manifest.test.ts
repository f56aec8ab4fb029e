import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { hoverCommands } from '../src/commands/hoverCommands';

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const { contributes } = manifest;
const commandIds: string[] = contributes.commands.map(({ command }: { command: string }) => command);

test('Commands_InTheManifest_AreThoseWithAFile', () => {
  const implemented = readdirSync('src/commands')
    .map((file) => /id: '([^']+)'/.exec(readFileSync(`src/commands/${file}`, 'utf8'))?.[1])
    .filter((id) => id !== undefined);
  assert.deepEqual([...commandIds].sort(), implemented.sort());
});

test('Commands_InMenusHoversAndTheWalkthrough_Exist', () => {
  const inMenus = Object.values<{ command: string }[]>(contributes.menus).flatMap((menu) =>
    menu.map(({ command }) => command),
  );
  const steps: { description: string; completionEvents: string[] }[] = contributes.walkthroughs[0].steps;
  const inSteps = steps
    .flatMap(({ description, completionEvents }) => [description, ...completionEvents])
    .flatMap((text) => text.match(/(?<=[cC]ommand:)explainLsp\.\w+/g) ?? []);
  for (const id of [...inMenus, ...inSteps, ...hoverCommands]) assert.ok(commandIds.includes(id), id);
});

test('Settings_AreDescribedAndInOrder', () => {
  const settings = Object.entries<Record<string, unknown>>(contributes.configuration.properties);
  settings.forEach(([name, { description, markdownDescription, order, ...rest }], index) => {
    assert.match(String(description ?? markdownDescription), /^[A-Z].+\.$/, name);
    assert.equal(order, index + 1, name);
    assert.ok('default' in rest, name);
  });
});

test('Restricted_Settings_CoverWhatNamesAProgram', () => {
  const { restrictedConfigurations, supported } = manifest.capabilities.untrustedWorkspaces;
  assert.equal(supported, 'limited');
  assert.deepEqual(restrictedConfigurations, ['explainLsp.server.path']);
});

test('Files_ThatTheManifestNames_AreMade', () => {
  const pictures = contributes.walkthroughs[0].steps.map(({ media }: { media: { svg: string } }) => media.svg);
  for (const file of [manifest.icon, ...pictures]) assert.ok(existsSync(file.replace('dist/', '../')), file);
});
