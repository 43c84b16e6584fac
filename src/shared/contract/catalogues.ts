import * as z from 'zod';
import {
  catalogueId,
  catalogueInfo,
  catalogueName,
  catalogueReading,
  catalogueUse,
  documentInput,
} from '../model/catalogue.ts';
import { nothing, procedure } from './base.ts';

const one = z.object({ id: catalogueId });
const reading = z.object({ id: z.uuid() });

/** Which catalogues of operations there are, and OpenAPI documents imported as further ones. */
export const catalogues = {
  /** HighLevel's own first, then what refreshes it, then the further ones by name. */
  list: procedure.output(z.array(catalogueInfo)),
  /** Reads a document and says what taking it over would change. Nothing is kept; at most four readings are held. */
  read: procedure.input(z.object({ source: documentInput })).output(catalogueReading),
  /** The same with the document of a catalogue that came from an address, fetched once more. */
  readAgain: procedure.input(one).output(catalogueReading),
  /** Takes a reading over. Without a name that of the document, or of the catalogue it takes the place of. */
  apply: procedure
    .input(reading.extend({ use: catalogueUse, name: catalogueName.optional() }))
    .output(catalogueInfo),
  discard: procedure.input(reading).output(nothing),
  rename: procedure.input(one.extend({ name: catalogueName })).output(catalogueInfo),
  /** Of a refresh: HighLevel's operations are as they were before it. */
  remove: procedure.input(one).output(nothing),
};
