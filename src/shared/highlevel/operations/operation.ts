/** HTTP methods that HighLevel's API uses. */
export type OperationMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Level of the token an operation takes: a sub-account (location) or an agency (company). */
export type AccessLevel = 'Sub-Account' | 'Agency';

/**
 * Where a fact comes from: `declared` by HighLevel for this very operation, or taken from the rule of its
 * service (`by service`) because HighLevel declares nothing.
 */
export type FactSource = 'declared' | 'by service';

/** JSON type of a parameter or body field; `file` only in multipart bodies, `any` where nothing is known. */
export type FieldType = 'string' | 'number' | 'boolean' | 'object' | 'array' | 'file' | 'any';

export type OperationParam = {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  type?: FieldType;
};

export type BodyField = {
  name: string;
  type: FieldType;
  required: boolean;
};

export type BodyContentType =
  | 'application/json'
  | 'multipart/form-data'
  | 'application/x-www-form-urlencoded';

export type OperationBody = {
  contentType: BodyContentType;
  /** True when the body is a JSON array of objects with these fields. */
  list: boolean;
  /** Top-level fields, or null where nobody publishes them. */
  fields: BodyField[] | null;
};

export type SdkMethod = {
  /** Service and method: `contacts.getContact`. */
  method: string;
  /** Its arguments before the last one, which are options. */
  takes: ('params' | 'requestBody')[];
};

/** One endpoint of HighLevel's API with everything needed to call it. */
export type Operation = {
  /** Stable slug, unique over both sets: `contacts.get-contact`. */
  id: string;
  /** `v2` for the established paths; `v3` for paths that exist only since the v3 release. */
  set: 'v2' | 'v3';
  /** Title of the group it is shown under: `Contacts`. */
  service: string;
  method: OperationMethod;
  /** Path template relative to the API host: `/contacts/{contactId}`. */
  path: string;
  /** A few words for people: `Get Contact`. */
  summary: string;
  params: OperationParam[];
  body: OperationBody | null;
  /** Token levels accepted; empty when the operation takes no token at all. */
  access: AccessLevel[];
  accessSource: FactSource;
  /** True when only an OAuth token will do, not a private integration token. */
  oauthTokenOnly: boolean;
  /** Value of the `Version` header to send, or null when none is needed. */
  version: string | null;
  versionSource: FactSource;
  /** Scopes the token needs; empty when HighLevel declares none. */
  scopes: string[];
  deprecated: boolean;
  /** How the published client 3.1.0 is asked for it; missing where the client has no method for it. */
  sdk?: SdkMethod;
};
