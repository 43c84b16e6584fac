/** Why answers differ from their documents, where the reason is known. The first pattern that fits tells it. */
const reasons: readonly [RegExp, string][] = [
  [/ \/store\/(shipping-zone|store-setting)/, 'the document declares a number and lists country codes'],
  [/ \/associations\//, 'the document declares one association where the list is answered'],
  [/ \/locations\/\{locationId\}\/templates$/, 'texts and emails overlap in the choice that is declared'],
  [/ \/social-media-posting\/oauth\//, 'the platforms overlap in the choice that is declared'],
  [/ \/email\/verify$/, 'one shape of the choice that is declared takes any object'],
  [/ \/oauth\/installed-locations$/, 'the last page has no next one: the token is null'],
  [/ \/opportunities\/search$/, 'the last page has no next one: the number is null'],
  [/ \/(opportunities\/pipelines|.*tasks\/search)$/, 'the document declares lists of lists'],
  [/ \/payments\/orders\/\{orderId\}$/, 'the document declares texts where items are objects'],
  [
    / \/calendars\/\{calendarId\}\/free-slots$/,
    'the document declares days alone, a trace id is answered beside them',
  ],
  [
    / \/objects\/\{key\}$/,
    'the types of fields differ between the documents of objects and of custom fields',
  ],
  [
    / \/contacts\/bulk\/tags\/update\//,
    'a misspelled field has another name in v3, and the older one is answered',
  ],
  [/fulfillments$/, 'the items have to be prices of the order, which no document declares'],
];

export function reasonFor(operation: string): string | null {
  return reasons.find(([pattern]) => pattern.test(operation))?.[1] ?? null;
}
