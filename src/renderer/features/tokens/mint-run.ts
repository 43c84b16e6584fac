import type { MintProgress } from '../../../shared/model/token.ts';

type MintFailure = NonNullable<MintProgress['last']> & { readonly problem: string };

export type MintRun = {
  /** The agency token it is done with; null before the first. */
  readonly tokenId: string | null;
  readonly running: boolean;
  readonly cancelled: boolean;
  readonly report: MintProgress | null;
  readonly failures: readonly MintFailure[];
  readonly error: unknown;
};

export const idleMint: MintRun = {
  tokenId: null,
  running: false,
  cancelled: false,
  report: null,
  failures: [],
  error: null,
};

/** "3 of 7 minted, 1 failed" */
export function mintWords({ report, running, cancelled }: MintRun): string {
  if (report === null) return running ? 'Listing the sub-accounts…' : '';
  const { total, minted, failed } = report;
  if (total === 0) return 'Every sub-account that has the app has a token here already.';
  const counts = `${minted} of ${total} minted${failed === 0 ? '' : `, ${failed} failed`}`;
  return cancelled ? `Cancelled: ${counts}` : counts;
}
