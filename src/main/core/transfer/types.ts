/** Exchanges out of the companion and into it; implemented in `create-transfer.ts`. */
import type { ExchangeDetail } from '../../../shared/model/exchange.ts';
import type { ExchangeId } from '../../../shared/model/ids.ts';
import type {
  ExportRequest,
  ExportStep,
  ImportReport,
  Replacement,
  ReplacementPreview,
  TestRunner,
  TransferSelection,
} from '../../../shared/model/transfer.ts';

/** An exchange with its bytes. */
export type WholeExchange = {
  readonly detail: ExchangeDetail;
  readonly requestBody: Uint8Array;
  /** Null while there is no answer. */
  readonly responseBody: Uint8Array | null;
};

export type Transfer = {
  /** Ends with the selection, the signal or the consumer. Rejects with `not_found` for an id that is not stored. */
  export(request: ExportRequest, signal: AbortSignal | undefined): AsyncGenerator<ExportStep, void>;
  /** One request as a command for a POSIX shell. Rejects with `not_found`. */
  curl(id: ExchangeId): Promise<string>;
  preview(selection: TransferSelection, replace: Replacement): Promise<ReplacementPreview>;
  fixtureTest(runner: TestRunner, fixture: string): { fileName: string; code: string };
  /** @returns the import's id */
  openImport(fileName: string, options: { readonly dryRun: boolean }): string;
  /** Rejects with `not_found`, or as the store does; what was stored before stays. */
  importPiece(id: string, bytes: Uint8Array): Promise<ImportReport>;
  closeImport(id: string): Promise<ImportReport>;
  cancelImport(id: string): void;
};
