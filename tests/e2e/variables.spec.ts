import { expect } from '@playwright/test';
import { test } from './companion.ts';
import { chooseOperation, installed, open } from './journey.ts';
import { shoot } from './looks.ts';

test('an answer’s id goes into a variable and from there into the next request; secrets stay masked', async ({
  page,
  companion,
}) => {
  await installed(page, companion);
  await open(page, 'Requests');

  await page.getByRole('button', { name: 'Environments and variables' }).click();
  const editor = page.getByRole('dialog', { name: 'Environments and variables' });
  await editor.getByRole('button', { name: 'Add environment' }).click();
  const name = editor.getByRole('textbox', { name: 'Name of the environment' });
  await name.fill('Staging');
  await name.press('Enter');
  for (const [variable, value, isSecret] of [
    ['firstName', 'Grace', false],
    ['apiKey', 'sk-4711-secret', true],
  ] as const) {
    await editor.getByRole('button', { name: 'Add variable' }).click();
    await editor.getByRole('textbox', { name: 'Name of the new variable' }).fill(variable);
    if (isSecret) await editor.getByRole('button', { name: 'The new variable is a secret' }).click();
    await editor.getByLabel('Value of the new variable').fill(value);
    await editor.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(editor.getByRole('textbox', { name: `Name of ${variable}` })).toHaveValue(variable);
  }
  await expect(editor.getByLabel('Value of apiKey')).toHaveValue('');
  await editor.getByRole('button', { name: 'Reveal apiKey' }).click();
  await expect(editor.getByLabel('Value of apiKey')).toHaveValue('sk-4711-secret');
  await editor.getByRole('button', { name: 'Hide apiKey' }).click();
  await expect(editor.getByRole('button', { name: 'Staging' })).toContainText('in use');
  await shoot(page, 'environments');
  await editor.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('combobox', { name: 'Environment' })).toContainText('Staging');

  await chooseOperation(page, 'create contact', '/contacts/');
  const body = page.getByRole('textbox', { name: 'Request body' });
  await body.click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(
    '{"locationId":"{{locationId}}",\n"firstName":"{{firstName}}",\n"city":"{{nowhere}}"}',
  );
  await expect(page.locator('.cm-unknown-variable')).toHaveText('{{nowhere}}');
  await expect(page.locator('.cm-known-variable')).toHaveText(['{{locationId}}', '{{firstName}}']);
  // It takes room above the body, which then stays where it is.
  await expect(page.getByText('{{nowhere}} in the body is not a variable')).toBeVisible();
  await page.locator('.cm-known-variable').last().hover();
  await expect(page.getByText('Grace (environment)')).toBeVisible();
  await shoot(page, 'variables-in-body');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText('{"locationId":"{{locationId}}","firstName":"{{firstName}}"}');

  await page.getByRole('tab', { name: 'Tests' }).click();
  await page.getByRole('button', { name: 'Add variable' }).click();
  await page.getByRole('textbox', { name: 'Capture 1 variable' }).fill('contactId');
  await page.getByRole('textbox', { name: 'Capture 1 JSON path' }).fill('$.contact.id');
  await page.getByRole('button', { name: 'Add check' }).click();
  await page.getByRole('button', { name: 'Add check' }).click();
  await page.getByRole('combobox', { name: 'Check 2 test' }).selectOption('equals');
  await page.getByRole('textbox', { name: 'Check 2 JSON path' }).fill('$.contact.firstName');
  await page.getByRole('textbox', { name: 'Check 2 value' }).fill('Ada');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByText('1 of 2 checks failed')).toBeVisible();
  const outcome = page.getByRole('list', { name: 'Checks and variables' }).getByRole('listitem');
  await expect(outcome.filter({ hasText: '$.contact.firstName is Ada' })).toContainText('it was Grace');
  await expect(outcome.filter({ hasText: 'contactId' })).toContainText('= ');
  await page.getByRole('textbox', { name: 'Check 2 value' }).fill('{{firstN');
  await page.getByRole('textbox', { name: 'Check 2 value' }).press('Enter');
  await expect(page.getByRole('textbox', { name: 'Check 2 value' })).toHaveValue('{{firstName}}');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByText('All 2 checks hold')).toBeVisible();
  await shoot(page, 'after-the-answer');

  await page.getByRole('button', { name: 'Tree', exact: true }).click();
  await page.getByRole('textbox', { name: 'Find in the tree' }).fill('traceId');
  await expect(page.getByRole('treeitem', { selected: true })).toContainText('traceId');
  await page.getByRole('button', { name: 'Set variable' }).click();
  await expect(page.getByText('{{traceId}} is set')).toBeVisible();
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(page.getByRole('combobox', { name: 'Check 3 test' })).toHaveValue('equals');
  await expect(page.getByRole('textbox', { name: 'Capture 2 variable' })).toHaveValue('traceId');
  await shoot(page, 'answer-into-tests');

  await chooseOperation(page, 'get contact', '/contacts/{contactId}');
  const contactId = page.getByRole('textbox', { name: 'contactId' });
  await contactId.fill('');
  await contactId.pressSequentially('{{cont');
  await expect(page.getByRole('option', { name: /^contactId/ })).toBeVisible();
  await shoot(page, 'variable-completion');
  await contactId.press('Tab');
  await expect(contactId).toHaveValue('{{contactId}}');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByRole('heading', { name: '200 OK' })).toBeVisible();

  await page.getByRole('tab', { name: 'Headers' }).first().click();
  await page.getByRole('button', { name: 'Add header' }).click();
  await page.getByRole('textbox', { name: 'Header 1 name' }).fill('X-Key');
  await page.getByRole('textbox', { name: 'Header 1 value' }).fill('Key {{apiKey}}');
  await expect(page.getByText('= Key ********')).toBeVisible();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByRole('heading', { name: '200 OK' })).toBeVisible();
  await expect(page.getByText('sk-4711-secret')).toHaveCount(0);
});
