/** Postman collections (format 2.0 and 2.1), as far as they are read: tools leave out, and add, what they like. */
import * as z from 'zod';

const text = z.preprocess(
  (value) => (typeof value === 'number' || typeof value === 'boolean' ? String(value) : value),
  z
    .string()
    .nullish()
    .catch(null)
    .transform((value) => value ?? ''),
);
const pair = z
  // Format 2.0 calls the name of a variable its id.
  .object({ key: text, id: text, value: text, disabled: z.boolean().nullish().catch(null) })
  .transform(({ key, id, value, disabled }) => ({ name: key || id, value, on: disabled !== true }));
export type PostmanPair = z.infer<typeof pair>;

/** An entry that is none is passed over. */
const pairs = z
  .array(pair.nullable().catch(null))
  .nullish()
  .catch(null)
  .transform((list) => (list ?? []).filter((one) => one !== null));

const description = z
  .union([z.string(), z.object({ content: z.string() }).transform(({ content }) => content)])
  .nullish()
  .catch(null)
  .transform((value) => value ?? '');

const auth = z.looseObject({ type: z.string() }).nullish().catch(null);

const lines = z.union([z.string().transform((line) => line.split('\n')), z.array(z.string())]);
const events = z
  .array(
    z
      .object({ listen: z.string(), disabled: z.boolean().nullish(), script: z.object({ exec: lines }) })
      .nullable()
      .catch(null),
  )
  .nullish()
  .catch(null)
  .transform((list) => (list ?? []).flatMap((one) => (one === null || one.disabled === true ? [] : [one])));
export type PostmanEvents = z.infer<typeof events>;

const url = z.union([
  z.string(),
  z.object({
    raw: text,
    protocol: text,
    host: z.union([z.string(), z.array(z.string()).transform((parts) => parts.join('.'))]).nullish(),
    port: text,
    path: z
      .union([
        z.string().transform((path) => path.split('/')),
        z.array(z.union([z.string(), z.object({ value: text }).transform(({ value }) => value)])),
      ])
      .nullish(),
    query: pairs,
    variable: pairs,
  }),
]);
export type PostmanUrl = z.infer<typeof url>;

const formPart = z
  .object({
    key: text,
    value: text,
    type: text,
    src: z
      .union([z.string(), z.array(z.string())])
      .nullish()
      .catch(null),
    disabled: z.boolean().nullish().catch(null),
  })
  .transform(({ key, disabled, ...rest }) => ({ ...rest, name: key, on: disabled !== true }));

const body = z
  .object({
    mode: text,
    disabled: z.boolean().nullish().catch(null),
    raw: text,
    urlencoded: pairs,
    formdata: z.array(formPart).nullish().catch(null),
    file: z.object({ src: z.string().nullish() }).nullish().catch(null),
    graphql: z.object({ query: text, variables: text }).nullish().catch(null),
    options: z
      .object({ raw: z.object({ language: text }).nullish() })
      .nullish()
      .catch(null),
  })
  .nullish()
  .catch(null);
export type PostmanBody = z.infer<typeof body>;

const request = z.union([
  z.string().transform((address) => ({
    method: 'GET',
    url: address,
    header: [],
    body: null,
    auth: null,
    description: '',
  })),
  z.object({
    method: z
      .string()
      .nullish()
      .transform((method) => (method ?? 'GET').toUpperCase()),
    url: url.nullish().transform((value) => value ?? ''),
    header: z
      .union([z.string().transform(headerLines), pairs])
      .nullish()
      .catch(null)
      .transform((list) => list ?? []),
    body,
    auth,
    description,
  }),
]);

export const postmanItem = z.object({
  name: text,
  item: z.array(z.unknown()).nullish(),
  request: request.nullish(),
  event: events,
  auth,
  response: z.array(z.unknown()).nullish().catch(null),
});
export type PostmanItem = z.infer<typeof postmanItem>;

export const postmanCollection = z.object({
  info: z.object({ name: text, description, schema: text }),
  item: z.array(z.unknown()),
  variable: pairs,
  event: events,
  auth,
});

/** Headers of the older format: a text as on the wire. */
function headerLines(text: string): PostmanPair[] {
  return text.split('\n').flatMap((line) => {
    const [name = '', value = ''] = line.split(/:(.*)/s);
    return name.trim() === '' ? [] : [{ name: name.trim(), value: value.trim(), on: true }];
  });
}
