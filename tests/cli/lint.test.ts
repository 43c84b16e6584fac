import { afterEach, beforeEach, expect, it } from 'vitest';
import { createDesk, type Desk } from './support.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await createDesk();
});
afterEach(() => desk.dispose());

it('hlc profiles add says on standard error what is wrong with a link, and adds the app all the same', async () => {
  const link =
    'https://marketplace.gohighlevel.com/v2/oauth/chooselocation?response_type=code' +
    '&redirect_uri=http%3A%2F%2Flocalhost%3A4400%2Foauth%2Fcallback' +
    '&client_id=665c6bb13d4e5364bdec0e2f-mawqjyjd&scope=contact.readonly%2Blocations.readonly';
  const added = await desk.run(['profiles', 'add', '--link', link, '--json']);
  expect(added.code).toBe(0);
  expect(added.lines).toHaveLength(1);
  expect(added.lines[0]).toMatchObject({ clientId: '665c6bb13d4e5364bdec0e2f-mawqjyjd', installLink: link });
  expect(added.stderr).toContain('error: The scopes are joined by %2B');
  expect(added.stderr).toContain(
    'error: The scope "contact.readonly" is probably a misspelt "contacts.readonly"',
  );
  expect(added.stderr).toContain('&scope=contacts.readonly%20locations.readonly');
});
