import * as z from 'zod';
import { profileId } from '../model/ids.ts';
import { linkLint } from '../model/install-link.ts';
import { profileFilePreview } from '../model/profile-file.ts';
import { addresses, checklistStep, profile, profileDependants, profileDraft } from '../model/profile.ts';
import { scopeEndpoint, scopeRow, scopeUse } from '../model/scope.ts';
import { userContextReading } from '../model/user-context.ts';
import { nothing, procedure } from './base.ts';

const one = z.object({ id: profileId });

export const profiles = {
  list: procedure.output(z.array(profile)),
  add: procedure.input(profileDraft).output(profile),
  /** Reads everything a pasted portal link holds, without saving anything. */
  readLink: procedure.input(z.object({ link: z.string().max(8000) })).output(
    z.object({
      clientId: z.string(),
      appId: z.string(),
      redirectUrl: z.string().nullable(),
      scopes: z.array(z.string()),
      versionId: z.string().nullable(),
      consentHost: z.string(),
    }),
  ),
  /** Adds the app of a running simulator, keys included, and registers this companion's addresses with it. */
  addSimulator: procedure.input(z.object({ url: z.url() })).output(profile),
  update: procedure.input(one.extend({ changes: profileDraft.partial() })).output(profile),
  /** A second profile of the same app, secrets included, with paths and tokens of its own. */
  duplicate: procedure.input(one.extend({ name: z.string().min(1).max(120).optional() })).output(profile),
  /** What removing it would take away. */
  dependants: procedure.input(one).output(profileDependants),
  /** Takes its secrets and its tokens with it; its exchanges stay. The last removal of a run can be undone. */
  remove: procedure.input(one).output(nothing),
  /** Brings the last removed profile back, with its secrets and tokens. */
  undoRemove: procedure.output(profile),
  /** The profile as a file without secrets. */
  exportFile: procedure.input(one).output(z.object({ fileName: z.string(), content: z.string() })),
  /** What such a file would add, without adding it. */
  readFile: procedure.input(z.object({ content: z.string().max(1_000_000) })).output(profileFilePreview),
  /** Refused where the file names hosts or keys that are not HighLevel's, unless they are trusted on purpose. */
  importFile: procedure
    .input(z.object({ content: z.string().max(1_000_000), trustForeign: z.boolean().default(false) }))
    .output(profile),
  /** What is wrong with the profile's install link, or with another one meant for it. */
  lint: procedure.input(one.extend({ link: z.string().max(8000).optional() })).output(linkLint),
  /** Every known scope with what it unlocks. Other names are allowed: the list is never complete. */
  scopes: procedure.output(z.array(scopeRow)),
  scopeEndpoints: procedure.input(z.object({ scope: z.string().max(200) })).output(z.array(scopeEndpoint)),
  /** Link, tokens and recorded calls compared, scope by scope. */
  scopeUse: procedure.input(one).output(scopeUse),
  /** Decrypts what a custom page got from HighLevel, with the profile's shared secret. */
  readUserContext: procedure
    .input(one.extend({ payload: z.string().max(200_000) }))
    .output(userContextReading),
  addresses: procedure.input(one).output(addresses),
  checklist: procedure.input(one).output(z.array(checklistStep)),
};
