/** A published value of the `Version` header (HighLevel docs: Versioning). */
export type ApiVersion = {
  value: string;
  /** `legacy` values are still answered but no page documents them. */
  status: 'current' | 'supported' | 'legacy';
};

/** Every published `Version` value, newest first. None has an announced end of support. */
export const apiVersions: readonly ApiVersion[] = [
  { value: 'v3', status: 'current' },
  { value: '2023-02-21', status: 'supported' },
  { value: '2021-07-28', status: 'supported' },
  { value: '2021-04-15', status: 'supported' },
  { value: '2021-01-01', status: 'legacy' },
];

/** The `Version` most of the established paths declare. */
export const defaultVersion = '2021-07-28';

const earlierServices: ReadonlySet<string> = new Set([
  'agent-studio',
  'calendars',
  'conversation-ai',
  'conversations',
  'knowledge-base',
  'saas-api',
  'voice-ai',
]);

/**
 * The `Version` header for an established (v2) path of a service, for operations that declare none.
 * Agrees with the declared value on 565 of 576 operations of HighLevel's published OpenAPI files.
 *
 * @param service folder name of the service: `conversation-ai`
 */
export function versionOfService(service: string): string {
  return earlierServices.has(service) ? '2021-04-15' : defaultVersion;
}

/** Whether a `Version` value is one HighLevel publishes. */
export function isPublishedVersion(value: string): boolean {
  return apiVersions.some((version) => version.value === value);
}
