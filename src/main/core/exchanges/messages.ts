/**
 * What travels between the owner's main thread and the two database workers. Rows are tuples and their bodies lie in
 * one buffer that is transferred, because at thousands of captures a second the cloning of keys and buffers shows.
 */
import type {
  Deletion,
  ExchangeSum,
  RetentionPreview,
  RetentionRules,
  RetentionState,
  SelectionCount,
} from '../../../shared/model/care.ts';
import type {
  BodyPart,
  Direction,
  ExchangeDetail,
  ExchangeFilter,
  ExchangePage,
  ExchangePageQuery,
  Outcome,
  Purpose,
} from '../../../shared/model/exchange.ts';
import type {
  Consequences,
  ConsequencesQuery,
  Related,
  TimelinePage,
  TimelineQuery,
} from '../../../shared/model/relations.ts';
import type { AppErrorCode } from '../../../shared/model/app-error.ts';
import type { ExchangeId, ProfileId } from '../../../shared/model/ids.ts';
import type { LogLevel } from '../ports.ts';
import type { DerivationContext, SpooledBody } from './types.ts';

/** A failure with a sentence, as it crosses the thread boundary. */
export type StoreFailure = {
  readonly code: AppErrorCode;
  readonly message: string;
  readonly remedy?: string | undefined;
};

/**
 * Where a body lies in the batch's buffer, and what goes with it. Marks are JSON or null. One that was spooled lies in the
 * folder of bodies instead, and has its digest.
 */
export type BodyTuple = [
  offset: number,
  length: number,
  complete: boolean,
  marks: string | null,
  spooled: SpooledBody | null,
];

/** Headers, timings and connection are JSON. */
export type AnswerTuple = [
  status: number | null,
  headers: string,
  body: BodyTuple,
  outcome: Exclude<Outcome, 'pending'>,
  error: string | null,
  timings: string | null,
  finishedAt: number,
  connection: string | null,
];

/** The columns of an exchange in the order of its INSERT, without seq and body. Headers and import are JSON. */
export type ExchangeColumns = [
  id: ExchangeId,
  purpose: Purpose,
  direction: Direction,
  receivedAt: number,
  method: string,
  url: string,
  httpVersion: string | null,
  remoteAddress: string | null,
  profileId: ProfileId | null,
  causeId: ExchangeId | null,
  headers: string,
  imported: string | null,
];

export type CaptureTuple = [columns: ExchangeColumns, body: BodyTuple, answer: AnswerTuple | null];

export type CompletionTuple = [id: ExchangeId, answer: AnswerTuple];

/** One write: a new exchange, or the answer of a pending one. */
export type WriteRow =
  | { readonly capture: CaptureTuple; readonly completion?: undefined }
  | { readonly completion: CompletionTuple; readonly capture?: undefined };

/** What the capture worker is asked beside its captures. Exchanges are named by slices of seqs. */
export type CareQuestions = {
  pin: {
    readonly query: { readonly seqs: readonly number[]; readonly pinned: boolean };
    readonly answer: Touched;
  };
  note: { readonly query: { readonly seq: number; readonly note: string | null }; readonly answer: Touched };
  delete: {
    readonly query: {
      /** The deletion the slice belongs to; null begins one. */
      readonly number: number | null;
      readonly seqs: readonly number[];
      /** Leaves out what is pinned or noted. */
      readonly spareKept: boolean;
      /** When it was asked for, and until when it can be undone: ms since the epoch. */
      readonly at: number;
      readonly until: number;
    };
    readonly answer: { readonly number: number; readonly touched: Touched };
  };
  /** Brings back a slice; a count of 0 says that there is nothing more. */
  restore: { readonly query: number; readonly answer: Touched };
  /** Answers when everything deleted so far is gone for good. */
  empty: { readonly query: null; readonly answer: null };
  retain: {
    readonly query: {
      readonly rules: RetentionRules;
      readonly asOf?: { readonly endSeq: number; readonly at: number } | undefined;
    };
    readonly answer: ExchangeSum;
  };
};

export type CareRequest = {
  [Name in keyof CareQuestions]: {
    readonly kind: 'care';
    readonly ticket: number;
    readonly name: Name;
    readonly query: CareQuestions[Name]['query'];
  };
}[keyof CareQuestions];

/** Exchanges a change has touched, with the ends of the range they lie in; null where there were none. */
export type Touched = { readonly count: number; readonly from: number | null; readonly to: number | null };

export type ToCapture =
  | { readonly kind: 'write'; readonly rows: readonly WriteRow[]; readonly bytes: ArrayBuffer }
  | CareRequest
  /** Revisions up to this number have been followed. */
  | { readonly kind: 'followed'; readonly number: number }
  | { readonly kind: 'close' };

export type FromCapture =
  | { readonly kind: 'ready'; readonly endSeq: number }
  | { readonly kind: 'refused'; readonly failure: StoreFailure }
  /** One entry a row, in the order they were sent: the row's seq, or the failure. Sent after COMMIT. */
  | {
      readonly kind: 'committed';
      readonly results: readonly (number | StoreFailure)[];
      readonly endSeq: number;
    }
  | Settled
  /** A retention run has deleted rows. */
  | { readonly kind: 'touched'; readonly touched: Touched }
  /** Rows were removed for good. */
  | { readonly kind: 'revised' }
  | { readonly kind: 'log'; readonly level: LogLevel; readonly message: string; readonly fields: LogFields }
  | { readonly kind: 'closed' };

/** The answer to a question, by its ticket. */
export type Settled =
  | { readonly kind: 'answer'; readonly ticket: number; readonly value: unknown }
  | { readonly kind: 'failure'; readonly ticket: number; readonly failure: StoreFailure };

export type LogFields = Readonly<Record<string, string | number | null>>;

export type BodyQuery = {
  readonly id: ExchangeId;
  readonly part: BodyPart;
  readonly offset: number;
  readonly length: number;
};

export type BodySlice = { readonly bytes: Uint8Array; readonly totalBytes: number };

/** What can be asked of the deriving worker, and what it answers. */
export type Reads = {
  page: { readonly query: ExchangePageQuery; readonly answer: ExchangePage };
  count: { readonly query: ExchangeFilter; readonly answer: number };
  get: { readonly query: ExchangeId; readonly answer: ExchangeDetail };
  body: { readonly query: BodyQuery; readonly answer: BodySlice };
  related: { readonly query: ExchangeId; readonly answer: Related };
  consequences: { readonly query: ConsequencesQuery; readonly answer: Consequences };
  timeline: { readonly query: TimelineQuery; readonly answer: TimelinePage };
  /** The seqs of those that are stored and not deleted, in any order. */
  locate: { readonly query: readonly ExchangeId[]; readonly answer: readonly number[] };
  /** Up to `limit` seqs that match, ascending after a cursor; none beyond `upTo`. */
  matching: {
    readonly query: {
      readonly filter: ExchangeFilter;
      readonly after: number;
      readonly upTo: number;
      readonly limit: number;
    };
    readonly answer: readonly number[];
  };
  selection: { readonly query: ExchangeFilter; readonly answer: SelectionCount };
  deletions: { readonly query: { readonly now: number }; readonly answer: readonly Deletion[] };
  retention: { readonly query: null; readonly answer: RetentionState };
  preview: {
    readonly query: { readonly rules: RetentionRules; readonly at: number };
    readonly answer: RetentionPreview;
  };
  /** Answers once every exchange committed before the question has its facts, and earlier changes are followed. */
  settled: { readonly query: null; readonly answer: null };
};

export type ReadName = keyof Reads;

export type ReadRequest = {
  [Name in ReadName]: {
    readonly kind: 'read';
    readonly ticket: number;
    readonly name: Name;
    readonly query: Reads[Name]['query'];
  };
}[ReadName];

export type ToDerive =
  /** Something was committed. */
  | { readonly kind: 'advance' }
  /** Notes have changed or exchanges are gone. */
  | { readonly kind: 'revised' }
  | { readonly kind: 'context'; readonly context: DerivationContext }
  | ReadRequest
  | { readonly kind: 'close' };

export type FromDerive =
  /** Revisions up to `followed` were followed before this start. */
  | { readonly kind: 'ready'; readonly followed: number }
  | { readonly kind: 'refused'; readonly failure: StoreFailure }
  | Settled
  /** Facts or search text of rows from here on have changed. */
  | { readonly kind: 'touched'; readonly from: number }
  | { readonly kind: 'log'; readonly level: LogLevel; readonly message: string; readonly fields: LogFields }
  | { readonly kind: 'closed' };
