import { randomUUID } from 'node:crypto';
import { AppError } from '../../../shared/model/app-error.ts';
import type { HeaderPairs } from '../../../shared/model/exchange.ts';
import type { ExportFormat } from '../../../shared/model/transfer.ts';
import type { DerivationContext, ExchangeStore } from '../exchanges/types.ts';
import type { Redactor } from '../vault/types.ts';
import { writeExport } from './export.ts';
import { curlCommand, curlFormat } from './formats/curl.ts';
import { fixtureFormat } from './formats/fixture.ts';
import { fixtureTest } from './formats/fixture-test.ts';
import type { Format } from './formats/format.ts';
import { harFormat } from './formats/har.ts';
import { jsonFormat, ndjsonFormat } from './formats/json.ts';
import { createImporter, type Importer } from './import/importer.ts';
import { cutSecrets } from './cut-secrets.ts';
import { countSelection, readWhole } from './read-selection.ts';
import { createReplacement, createTally } from './replace/create-replacement.ts';
import type { Transfer } from './types.ts';

export type TransferDeps = {
  readonly store: Pick<ExchangeStore, 'page' | 'count' | 'get' | 'body' | 'append' | 'tick'>;
  readonly redactor: Redactor;
  /** Of the companion. */
  readonly version: string;
  /** ms since the epoch. */
  readonly now: () => number;
  readonly derivationContext: () => DerivationContext;
  /** Signs with the development key. */
  readonly sign: (headers: HeaderPairs, body: Uint8Array) => Promise<HeaderPairs>;
};

/** A preview looks at this many exchanges. */
const MOST_PREVIEWED = 200;

/** A window that went away leaves its import open; nobody reads more files than this at once. */
const MOST_IMPORTS = 8;

export function createTransfer(deps: TransferDeps): Transfer {
  const { store, redactor, now } = deps;
  const imports = new Map<string, Importer>();

  const formatOf = (format: ExportFormat): Format => {
    switch (format) {
      case 'har':
        return harFormat(deps.version);
      case 'curl':
        return curlFormat;
      case 'json':
        return jsonFormat;
      case 'ndjson':
        return ndjsonFormat;
      case 'fixture':
        return fixtureFormat(deps.derivationContext());
    }
  };

  const importOf = (id: string): Importer => {
    const found = imports.get(id);
    if (found === undefined)
      throw new AppError('not_found', 'This import has ended.', { remedy: 'Choose the file again.' });
    return found;
  };

  return {
    export(request, signal) {
      const { replace } = request;
      const replacing = replace === null ? null : createReplacement(replace, deps);
      const format = formatOf(request.format);
      return writeExport(
        {
          store,
          redactor,
          format,
          replace: replacing === null ? null : async (exchange) => (await replacing(exchange)).whole,
        },
        request,
        signal,
      );
    },
    async curl(id) {
      const { whole } = await cutSecrets(await readWhole(store, id), redactor);
      return curlCommand(whole);
    },
    async preview(selection, replace) {
      const tally = createTally();
      const replacing = createReplacement(replace, deps, tally.onReplaced);
      const total = await countSelection(store, selection);
      const ids =
        'ids' in selection
          ? selection.ids.slice(0, MOST_PREVIEWED)
          : (await store.page({ ...selection.filter, limit: MOST_PREVIEWED })).items
              .map(({ id }) => id)
              .toReversed();
      for (const id of ids) {
        const { whole } = await cutSecrets(await readWhole(store, id), redactor);
        tally.add(whole, await replacing(whole));
      }
      return tally.result(total);
    },
    fixtureTest,
    openImport(fileName, { dryRun }) {
      const [oldest] = imports.keys();
      if (imports.size >= MOST_IMPORTS && oldest !== undefined) imports.delete(oldest);
      const id = randomUUID();
      imports.set(id, createImporter({ store, redactor, fileName: baseName(fileName), at: now(), dryRun }));
      return id;
    },
    importPiece: async (id, bytes) => importOf(id).push(bytes),
    async closeImport(id) {
      const importer = importOf(id);
      imports.delete(id);
      return importer.end();
    },
    cancelImport: (id) => void imports.delete(id),
  };
}

/** Where the file lay is nobody's business. */
const baseName = (name: string): string => name.replace(/^.*[/\\]/, '') || name;
