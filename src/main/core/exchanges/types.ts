/** What the exchange store takes in and gives out; implemented in `create-exchange-store.ts`. */
import type {
  Deletion,
  ExchangeSelection,
  ExchangeSum,
  RetentionPreview,
  RetentionRules,
  RetentionState,
  SelectionCount,
} from '../../../shared/model/care.ts';
import type {
  BodyPart,
  Connection,
  Direction,
  ExchangeDetail,
  ExchangeFilter,
  ExchangePage,
  ExchangePageQuery,
  ExchangeTick,
  HeaderPairs,
  ImportMark,
  Outcome,
  Purpose,
  SecretMark,
  Timings,
} from '../../../shared/model/exchange.ts';
import type { ExchangeId, ProfileId } from '../../../shared/model/ids.ts';
import type {
  Consequences,
  ConsequencesQuery,
  Related,
  TimelinePage,
  TimelineQuery,
} from '../../../shared/model/relations.ts';
import type { Environment } from '../../../shared/model/profile.ts';
import type { KeyOwner, SignatureScheme } from '../../../shared/model/exchange.ts';

/** A body that was written to the folder of bodies as it came, synced, under the name of its exchange. */
export type SpooledBody = { readonly name: string; readonly length: number; readonly sha256: string };

/** Takes a long body as it comes, so that it is never held for its own sake. */
export type BodySpool = {
  /** Bytes in their order, copied at once; a promise where there is no room for more, which resolves when there is. */
  write(bytes: Uint8Array): Promise<void> | null;
  /** Resolves when all of it is synced. Rejects with what `append` rejects with. */
  finish(): Promise<SpooledBody>;
  /** For what is not to be kept. */
  discard(): Promise<void>;
};

/** Bytes to be stored, secrets already cut out of them. */
export type CapturedBody = {
  /** Empty where the body was spooled. */
  readonly bytes: Uint8Array;
  readonly spooled?: SpooledBody;
  /** False when more was announced or sent than was kept. Default true. */
  readonly complete?: boolean;
  readonly marks?: readonly SecretMark[];
};

export type CapturedAnswer = {
  readonly status: number | null;
  readonly headers: HeaderPairs;
  readonly body: CapturedBody;
  readonly outcome: Exclude<Outcome, 'pending'>;
  readonly error?: string | null;
  readonly timings?: Timings | null;
  readonly connection?: Connection | null;
  /** ms since the epoch. */
  readonly finishedAt: number;
};

/** One exchange as it crossed the wire. Without `answer` it is stored as pending, to be completed later. */
export type ExchangeCapture = {
  /** Given by the caller when it needs the id before the write; made by the store otherwise. */
  readonly id?: ExchangeId;
  readonly purpose: Purpose;
  readonly direction: Direction;
  readonly receivedAt: number;
  readonly method: string;
  /** Secret parameters already masked. */
  readonly url: string;
  readonly httpVersion?: string | null;
  readonly remoteAddress?: string | null;
  readonly requestHeaders: HeaderPairs;
  readonly requestBody: CapturedBody;
  readonly profileId?: ProfileId | null;
  readonly causeId?: ExchangeId | null;
  readonly answer?: CapturedAnswer;
  /** For what comes from a file; it did not cross a wire of ours. */
  readonly imported?: ImportMark;
};

/** A public key that may have signed a webhook, and for whom it counts. */
export type VerificationKey = {
  readonly scheme: SignatureScheme;
  readonly pem: string;
  readonly owner: KeyOwner;
  /** Null for keys that count for every live profile. */
  readonly profileId: ProfileId | null;
};

/** What the deriving worker needs to know of profiles to attribute and verify. */
export type DerivationContext = {
  readonly profiles: readonly {
    readonly id: ProfileId;
    readonly appId: string;
    readonly environment: Environment;
  }[];
  readonly keys: readonly VerificationKey[];
};

/** What the developer does with stored exchanges. */
export type ExchangeCare = {
  /** Returns how many have changed. Rejects with `not_found` where the only one named is not there. */
  pin(selection: ExchangeSelection, pinned: boolean): Promise<number>;
  /** A note of white space removes it. Rejects with `not_found`. */
  note(id: ExchangeId, text: string): Promise<void>;
  countSelection(filter: ExchangeFilter): Promise<SelectionCount>;
  /**
   * Takes them out of every list at once, and for good a day later. Those named by a filter are spared where they are
   * pinned or noted. Rejects with `not_found` where nothing is left to delete.
   */
  delete(selection: ExchangeSelection): Promise<Deletion>;
  /** Returns how many are back. Rejects with `not_found` when there are none to bring back. */
  undoDelete(number: number): Promise<number>;
  /** Those that can be undone, newest first. */
  deletions(): Promise<Deletion[]>;
  /** Ends every undo; resolves when what was deleted is gone from the database and its folder. */
  emptyDeleted(): Promise<void>;
  retention(): Promise<RetentionState>;
  preview(rules: RetentionRules): Promise<RetentionPreview>;
  /** Keeps the rules, runs them once and says what that deleted; as of a preview's moment where it is given. */
  retain(rules: RetentionRules, asOf?: RetentionPreview['asOf']): Promise<ExchangeSum>;
};

export type ExchangeStore = {
  readonly care: ExchangeCare;
  /**
   * Resolves once the capture is committed and synced to disk. Rejects with `disk_full`, `database_corrupt` or
   * `data_folder_unusable`; then nothing was stored.
   */
  append(capture: ExchangeCapture): Promise<{ readonly seq: number; readonly id: ExchangeId }>;
  /** For a body beyond 256 KiB, to be given to `append` under the same id. */
  spool(id: ExchangeId, part: BodyPart): BodySpool;
  /** Adds the answer to a pending exchange, committed and synced. */
  complete(id: ExchangeId, answer: CapturedAnswer): Promise<void>;
  page(query: ExchangePageQuery): Promise<ExchangePage>;
  count(filter: ExchangeFilter): Promise<number>;
  /** Rejects with `not_found`. */
  get(id: ExchangeId): Promise<ExchangeDetail>;
  body(
    id: ExchangeId,
    part: BodyPart,
    offset: number,
    length: number,
  ): Promise<{ readonly bytes: Uint8Array; readonly totalBytes: number }>;
  /** Rejects with `not_found`. */
  related(id: ExchangeId): Promise<Related>;
  /** Rejects with `not_found`, and with `bad_input` for what is no API call. */
  consequences(query: ConsequencesQuery): Promise<Consequences>;
  timeline(query: TimelineQuery): Promise<TimelinePage>;
  /** The present end of the log. */
  tick(): ExchangeTick;
  /** Coalesced; at most one call in 16 ms. Returns the way to stop. */
  onTick(listener: (tick: ExchangeTick) => void): () => void;
  /** Tells the deriving worker the profiles and keys. Facts of later exchanges, and of earlier ones that were waiting for a key, follow from it. */
  setDerivationContext(context: DerivationContext): void;
  /** Resolves when every exchange stored so far has its facts, and changed notes and removals are followed. */
  settled(): Promise<void>;
  dispose(): Promise<void>;
};
