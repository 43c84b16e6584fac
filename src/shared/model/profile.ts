import * as z from 'zod';
import { profileId } from './ids.ts';
import { signatureScheme } from './exchange.ts';

/** `live` is HighLevel itself; only its published keys, or keys set on purpose, give `valid` there. */
export const environment = z.enum(['live', 'simulator']);
export type Environment = z.infer<typeof environment>;

export const routeKinds = [
  'callback',
  'webhook',
  'provider',
  'workflow-action',
  'external-auth',
  'other',
] as const;

/** What the ingress answers on a route, the callback excepted: that one says what happened. */
export const answerRule = z.object({
  status: z.int().min(200).max(599).default(200),
  contentType: z.string().default('application/json'),
  body: z.string().max(65_536).default('{"success":true}'),
});
export type AnswerRule = z.infer<typeof answerRule>;

export const routePath = z
  .string()
  .regex(/^\/[\w\-./~%]*$/, 'a path starts with / and holds letters, digits and - . _ ~ % /')
  .max(300);

export const route = z.object({
  kind: z.enum(routeKinds),
  path: routePath,
  answer: answerRule.optional(),
});
export type Route = z.infer<typeof route>;

/** A public key that may sign this profile's webhooks. */
export const profileKey = z.object({
  scheme: signatureScheme,
  pem: z.string(),
  owner: z.enum(['profile', 'simulator']),
});
export type ProfileKey = z.infer<typeof profileKey>;

const portalFields = {
  /** Redirect URLs as registered, byte for byte. */
  redirectUrls: z.array(z.string().max(2000)).max(100),
  /** Can never be changed in the portal once the app exists. */
  targetUser: z.enum(['sub-account', 'agency']).nullable(),
  /** `both`: agency and sub-account users. */
  whoCanInstall: z.enum(['both', 'agency']).nullable(),
  /** Whether an agency installs into many sub-accounts at once. */
  bulkInstall: z.boolean().nullable(),
  listing: z.enum(['standard', 'white-label']).nullable(),
  visibility: z.enum(['public', 'private']).nullable(),
  versionIds: z.array(z.string().max(100)).max(100),
  /** Scopes saved on the app version; empty where nobody said. */
  scopes: z.array(z.string().max(200)).max(1000),
  /** Types of the webhook events the app is subscribed to: `ContactCreate`. */
  webhookEvents: z.array(z.string().max(100)).max(500),
  /** Default webhook URL as set in the portal; null where it is the companion's own, or unknown. */
  webhookUrl: z.string().max(2000).nullable(),
  conversationProviderId: z.string().max(100).nullable(),
};

/** What the developer says of the app as the portal has it. Nothing here can be asked of HighLevel; null is "not said". */
export const portalFacts = z.object({
  redirectUrls: portalFields.redirectUrls.default([]),
  targetUser: portalFields.targetUser.default(null),
  whoCanInstall: portalFields.whoCanInstall.default(null),
  bulkInstall: portalFields.bulkInstall.default(null),
  listing: portalFields.listing.default(null),
  visibility: portalFields.visibility.default(null),
  versionIds: portalFields.versionIds.default([]),
  scopes: portalFields.scopes.default([]),
  webhookEvents: portalFields.webhookEvents.default([]),
  webhookUrl: portalFields.webhookUrl.default(null),
  conversationProviderId: portalFields.conversationProviderId.default(null),
});
export type PortalFacts = z.infer<typeof portalFacts>;

/** One of the developer's apps. No secret is in here: client secret and shared secret live in the vault. */
export const profile = z.object({
  id: profileId,
  name: z.string().min(1).max(120),
  environment,
  clientId: z.string().min(1).max(200),
  appId: z.string(),
  versionId: z.string().nullable(),
  hosts: z.object({
    /** `https://services.leadconnectorhq.com` or the simulator's address. */
    api: z.url(),
    /** Where the consent page is: standard, white-label or the simulator's. */
    consent: z.url(),
  }),
  /** Set where the registered redirect URL is not the one derived from the public address. */
  redirectUrl: z.url().nullable(),
  scopes: z.array(z.string()),
  /** The portal's own link, as pasted. */
  installLink: z.string().nullable(),
  routes: z.array(route),
  keys: z.array(profileKey),
  portal: portalFacts.prefault({}),
  hasSecret: z.boolean(),
  /** The shared secret of its custom pages (SSO key) is saved. */
  hasSsoSecret: z.boolean().default(false),
  createdAt: z.number(),
});
export type Profile = z.infer<typeof profile>;

/** What the developer may set; the rest follows from it. */
export const profileDraft = z.object({
  name: z.string().min(1).max(120).optional(),
  clientId: z.string().min(1).max(200),
  clientSecret: z.string().min(1).max(500).optional(),
  scopes: z.array(z.string()).optional(),
  redirectUrl: z.url().nullable().optional(),
  installLink: z.string().max(8000).nullable().optional(),
  consentHost: z.url().optional(),
  callbackPath: routePath.optional(),
  webhookPath: routePath.optional(),
  routes: z.array(route).optional(),
  /** Sent in links made here; null sends none. */
  versionId: z.string().max(100).nullable().optional(),
  /** Where API and token requests go; only to be changed on purpose, since the client secret goes there. */
  apiHost: z.url().optional(),
  /** Facts that are named take the place of the present ones. */
  portal: z.object(portalFields).partial().optional(),
  /** Public keys that count for this app beside HighLevel's own; they take the place of those set before. */
  webhookKeys: z
    .array(profileKey.omit({ owner: true }))
    .max(10)
    .optional(),
  /** The shared secret of custom pages; an empty text forgets it. */
  ssoSecret: z.string().max(500).optional(),
});
export type ProfileDraft = z.infer<typeof profileDraft>;

/** What removing a profile takes with it, and what stays. */
export const profileDependants = z.object({
  tokens: z.int(),
  /** Agencies whose company token would be lost: only a new install brings it back. */
  companyTokens: z.int(),
  exchanges: z.int(),
  /** `client secret`, `shared secret`. */
  secrets: z.array(z.string()),
  /** Paths of the ingress that would be answered 404 from then on. */
  paths: z.array(z.string()),
  /** One sentence each, ready to be shown. */
  sentences: z.array(z.string()),
});
export type ProfileDependants = z.infer<typeof profileDependants>;

/** The addresses to register in the developer portal, derived from the public address and the profile's routes. */
export const addresses = z.object({
  base: z.string(),
  /** True when the base can be reached from outside this machine. */
  public: z.boolean(),
  redirectUrl: z.string(),
  webhookUrl: z.string(),
});
export type Addresses = z.infer<typeof addresses>;

/** The steps from nothing to a working loop. Each is done because the companion saw it happen. */
export const checklistStep = z.object({
  id: z.enum(['credentials', 'address', 'redirect', 'callback', 'token', 'webhook', 'call']),
  done: z.boolean(),
  /** When it was seen, ms since the epoch. */
  at: z.number().nullable(),
  /** What was seen, or what to do next, in one sentence. */
  sentence: z.string(),
  exchangeId: z.string().nullable(),
});
export type ChecklistStep = z.infer<typeof checklistStep>;
