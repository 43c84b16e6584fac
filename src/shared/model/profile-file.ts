import * as z from 'zod';
import { environment, portalFacts, profile, profileKey, route } from './profile.ts';

/** A profile without its secrets, to be handed to a colleague. */
export const profileFile = z.object({
  format: z.literal('highlevel-companion/profile'),
  version: z.literal(1),
  profile: z.object({
    name: profile.shape.name,
    environment,
    clientId: profile.shape.clientId,
    versionId: profile.shape.versionId,
    hosts: profile.shape.hosts,
    redirectUrl: profile.shape.redirectUrl,
    scopes: profile.shape.scopes,
    installLink: profile.shape.installLink,
    routes: z.array(route).max(100),
    keys: z.array(profileKey).max(10),
    portal: portalFacts.prefault({}),
  }),
});
export type ProfileFile = z.infer<typeof profileFile>;

/** What a file would add, before it is added. */
export const profileFilePreview = z.object({
  name: z.string(),
  clientId: z.string(),
  environment,
  scopes: z.int(),
  /** What somebody else's file should not decide unseen: hosts that would get the client secret, keys that would count. */
  foreign: z.array(z.string()),
});
export type ProfileFilePreview = z.infer<typeof profileFilePreview>;
