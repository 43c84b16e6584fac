import type { Operation } from './operation.ts';

type UseCase = { readonly title: string; readonly paths: RegExp };

/** What HighLevel's guide for developers groups its endpoints by, and the paths that serve each. */
const table: readonly UseCase[] = [
  { title: 'Contacts', paths: /^\/contacts\b/ },
  { title: 'Conversations', paths: /^\/conversations\b/ },
  { title: 'Messages', paths: /^\/conversations\/(\{\w+\}\/)?messages\b/ },
  { title: 'Forms', paths: /^\/forms\b/ },
  { title: 'Links', paths: /^\/links\b/ },
  { title: 'Location tags', paths: /^\/locations\/\{\w+\}\/tags\b/ },
  { title: 'Custom fields', paths: /^\/custom-fields\b|\/customFields\b/ },
  { title: 'Custom values', paths: /\/customValues\b/ },
  { title: 'Templates', paths: /\/templates?\b|^\/emails\/builder\b/ },
  { title: 'Opportunities', paths: /^\/opportunities\b/ },
  { title: 'Notes', paths: /\/notes\b/ },
  { title: 'Tasks', paths: /\/tasks\b/ },
  { title: 'Appointments', paths: /\/appointments\b|^\/calendars\/(events|blocked-slots)\b/ },
  { title: 'Orders', paths: /\/orders?\b/ },
  // HighLevel keeps customers as contacts; what they bought hangs on these.
  {
    title: 'Customers',
    paths: /^\/contacts\/($|search|upsert|\{contactId\}$)|^\/payments\/(subscriptions|transactions)\b/,
  },
  { title: 'Users', paths: /^\/users\b/ },
  { title: 'Workflows', paths: /^\/workflows\b|\/workflow\b/ },
  { title: 'Snapshots', paths: /^\/snapshots\b/ },
];

/** Titles of the use cases, in the order of the guide. */
export const useCases: readonly string[] = table.map(({ title }) => title);

/** The use cases an operation serves; none for what the guide does not treat. */
export function useCasesOf({ path }: Pick<Operation, 'path'>): string[] {
  return table.filter(({ paths }) => paths.test(path)).map(({ title }) => title);
}
