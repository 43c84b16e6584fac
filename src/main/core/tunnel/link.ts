import type { SelfTestResult } from '../../../shared/model/system.ts';

/** What a link says of itself; the tunnel makes its one state of it. */
export type LinkReport =
  /** An attempt is under way. */
  | { readonly is: 'trying' }
  /** The address is known, but nothing is proved yet. */
  | { readonly is: 'bound'; readonly publicUrl: string }
  | { readonly is: 'online'; readonly publicUrl: string }
  /** `nextInMs` is null when trying again by itself makes no sense. */
  | { readonly is: 'down'; readonly error: string; readonly nextInMs: number | null };

/** The way from a public address to the ingress, kept up until it is stopped. */
export type Link = {
  /** Null while there is no address to test. */
  selfTest(): Promise<SelfTestResult> | null;
  stop(): Promise<void>;
};

export type LinkReporter = {
  readonly report: (report: LinkReport) => void;
  readonly tested: (result: SelfTestResult) => void;
};
