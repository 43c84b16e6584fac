import type { OperationMethod } from '../operation.ts';

/**
 * The type of a value, as compact JSON:
 *
 * - a word: `string`, `number`, `integer`, `boolean`, `object`, `any`, `date-time`, `file`, or `#Name` for a shape of
 *   the table of shapes; a `?` behind it allows null
 * - a list with one shape: an array of such values
 * - an object of fields; a `!` behind a name makes the field required
 * - an object with one of the `$` keys below
 */
export type Shape = string | readonly [Shape] | Fields | SpecialShape;

/** Fields of an object by name; `!` behind the name: required. */
export type Fields = { readonly [name: string]: Shape };

export type SpecialShape = {
  /** One of these values. */
  readonly $enum?: readonly (string | number)[];
  /** All of these at once. */
  readonly $all?: readonly Shape[];
  /** Any one of these. */
  readonly $one?: readonly Shape[];
  /** An object with names of the caller's choice, besides the fields of `$is`. */
  readonly $map?: Shape;
  /** What the bounds beside it are for: those of a number, of a text's length, or of a list's. */
  readonly $is?: Shape;
  readonly $min?: number;
  readonly $max?: number;
  readonly $pattern?: string;
  readonly $null?: true;
};

/** Under which `Version` values a path exists: all of them, those before `v3`, or `v3` alone. */
export type ContractSurface = 'every version' | 'before v3' | 'v3';

/** A security scheme of HighLevel's. The `-Only` ones take OAuth tokens alone. */
export type ContractAccess =
  | 'Location-Access'
  | 'Location-Access-Only'
  | 'Agency-Access'
  | 'Agency-Access-Only';

/** What one operation takes and answers. Where `v3` differs from the versions before it, there are two rows. */
export type Contract = {
  readonly method: OperationMethod;
  /** `/contacts/{contactId}`. */
  readonly path: string;
  readonly surface: ContractSurface;
  /** The value of `Version` that HighLevel declares before `v3`, or null where it declares none. */
  readonly version: string | null;
  /** Empty where no token is asked for. */
  readonly access: readonly ContractAccess[];
  readonly scopes: readonly string[];
  /** Path parameters that are not plain text. */
  readonly params?: Fields;
  readonly query?: Fields;
  readonly body?: { readonly type: string; readonly required: boolean; readonly shape: Shape };
  /** `coded`: refusals are `{ error: { code, message, details } }`, as newer operations of v3 have them. */
  readonly errors?: 'coded';
  /** Status of success. */
  readonly status: number;
  /** Missing where HighLevel publishes no shape for the answer. */
  readonly answer?: Shape;
};
