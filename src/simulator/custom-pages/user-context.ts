import { createCipheriv, createHash } from 'node:crypto';
import type { Location, User } from '../world/directory.ts';
import type { World } from '../world/world.ts';

/** Who looks at the app's custom page, and from where: without a sub-account, from the agency. */
export function userContext(
  user: User,
  location: Location | undefined,
  world: World,
): Record<string, unknown> {
  const { app, directory } = world;
  return {
    userId: user.id,
    companyId: directory.company.id,
    role: user.role,
    // Also in a sub-account, as HighLevel's own sample has it for people of the agency.
    type: user.type === 'agency' ? 'agency' : 'location',
    ...(location !== undefined && { activeLocation: location.id }),
    userName: `${user.firstName} ${user.lastName}`,
    email: user.email,
    isAgencyOwner: user.id === directory.users[0].id,
    versionId: app.versionId,
    appStatus: 'live',
    whitelabelDetails: { domain: '', logoUrl: '' },
  };
}

/**
 * What the page gets as `payload`: base64 of `Salted__`, the salt and AES-256-CBC, with key and IV from the shared
 * secret by one round of MD5, as CryptoJS makes it.
 *
 * @param salt 8 bytes
 */
export function encryptUserContext(context: object, secret: string, salt: Buffer): string {
  let material = Buffer.alloc(0);
  let last = Buffer.alloc(0);
  while (material.length < 48) {
    last = createHash('md5')
      .update(Buffer.concat([last, Buffer.from(secret), salt]))
      .digest();
    material = Buffer.concat([material, last]);
  }
  const cipher = createCipheriv('aes-256-cbc', material.subarray(0, 32), material.subarray(32, 48));
  const bytes = [cipher.update(JSON.stringify(context)), cipher.final()];
  return Buffer.concat([Buffer.from('Salted__'), salt, ...bytes]).toString('base64');
}
