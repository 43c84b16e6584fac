import * as z from 'zod';
import { explainApiError } from '../../../shared/highlevel/api-errors.ts';
import { AppError } from '../../../shared/model/app-error.ts';
import type { InstalledLocation } from '../../../shared/model/token.ts';
import type { HttpAnswer } from '../requests/http-client.ts';
import { parseJson } from './granted-token.ts';

const text = z.string().nullish();

/** HighLevel docs: Get Location where app is installed. */
const installedLocationsAnswer = z.object({
  locations: z.array(
    z.object({ _id: z.string().min(1), name: text, address: text, isInstalled: z.boolean().nullish() }),
  ),
  count: z.coerce.number().int().nonnegative().nullish(),
});

/**
 * Reads a page of an agency's sub-accounts.
 *
 * @throws AppError `request_failed` with the platform's reason in words
 */
export function readInstalledLocations(answer: HttpAnswer): {
  items: Omit<InstalledLocation, 'hasToken'>[];
  count: number;
} {
  const { exchangeId, status } = answer;
  if (answer.error !== null || status === null) {
    throw new AppError('request_failed', answer.error?.sentence ?? 'There was no answer.', {
      exchangeId,
      retryable: true,
    });
  }
  const explained = explainApiError(status, new TextDecoder().decode(answer.body));
  if (explained !== null) {
    throw new AppError(
      'request_failed',
      `The sub-accounts cannot be listed (status ${status}): ${explained.sentence}`,
      {
        exchangeId,
        remedy: explained.remedy,
      },
    );
  }
  const parsed = installedLocationsAnswer.safeParse(parseJson(answer.body));
  if (!parsed.success) {
    throw new AppError(
      'request_failed',
      'The list of sub-accounts came in a form the companion does not know.',
      {
        exchangeId,
      },
    );
  }
  const items = parsed.data.locations.map((location) => ({
    id: location._id,
    name: location.name ?? null,
    address: location.address ?? null,
    isInstalled: location.isInstalled ?? null,
  }));
  return { items, count: parsed.data.count ?? items.length };
}
