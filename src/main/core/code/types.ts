import type { HeaderPairs } from '../../../shared/model/exchange.ts';
import type { CodeWish, WrittenCode } from '../../../shared/model/code.ts';

export type Code = {
  /** Rejects with `bad_input` as a preview does, and with `not_found` for an unknown profile. */
  write(wish: CodeWish): Promise<WrittenCode>;
};

export type CodePart = {
  readonly name: string;
  readonly value: string;
  readonly file: CodeFile | null;
};

/** A file by its name; code reads it from the folder it runs in. */
export type CodeFile = { readonly name: string; readonly type: string };

export type CodeBody =
  | { readonly kind: 'none' }
  /** Sent as it stands; forms are encoded already. */
  | { readonly kind: 'text'; readonly text: string; readonly isJson: boolean }
  | { readonly kind: 'multipart'; readonly parts: readonly CodePart[] }
  | { readonly kind: 'file'; readonly file: CodeFile };

/** A request as a program sends it. */
export type CodeRequest = {
  readonly method: string;
  readonly url: URL;
  /** Without Authorization; a multipart body has no Content-Type, since its boundary is the program's. */
  readonly headers: HeaderPairs;
  readonly hasToken: boolean;
  readonly body: CodeBody;
};
