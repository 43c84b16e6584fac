/** Gets a document from an address the developer typed. */
import { AppError } from '../../../shared/model/app-error.ts';
import { largestDocument, type CatalogueSource } from '../../../shared/model/catalogue.ts';
import type { HttpClient } from '../requests/http-client.ts';
import type { Redactor } from '../vault/types.ts';

export type FetchDeps = {
  readonly http: Pick<HttpClient, 'send'>;
  readonly redactor: Pick<Redactor, 'url'>;
};

const timeoutMs = 30_000;

/**
 * The text behind an address and what is kept of the address. No token goes along, and no redirect is followed to
 * another host: nothing is asked that the developer did not name.
 *
 * @throws AppError `bad_input` for an address or a document that will not do, `request_failed` where none came
 */
export async function fetchDocument(
  typed: string,
  { http, redactor }: FetchDeps,
): Promise<{ text: string; name: string; source: CatalogueSource }> {
  const url = URL.canParse(typed.trim()) ? new URL(typed.trim()) : null;
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new AppError('bad_input', 'The address of the document is not of the form https://host/path.');
  if (url.username !== '' || url.password !== '')
    throw new AppError('bad_input', 'The address of the document must not hold a user name or a password.');
  const name = `${url.host}${url.pathname}`;
  const answer = await http.send({
    purpose: 'api',
    method: 'GET',
    url: url.href,
    headers: [['Accept', 'application/json, application/yaml, text/yaml;q=0.9, */*;q=0.5']],
    body: null,
    profileId: null,
    timeoutMs,
  });
  const { exchangeId, status, statusText, headers, body, error } = answer;
  await answer.recorded;
  if (error !== null) throw new AppError('request_failed', error.sentence, { exchangeId, retryable: true });
  if (status === null || status < 200 || status > 299) {
    const location = headers.find(([header]) => header.toLowerCase() === 'location')?.[1];
    throw new AppError('request_failed', `${name} answered ${status} ${statusText}`.trim().concat('.'), {
      exchangeId,
      ...(location !== undefined && { remedy: 'It leads to another host; give the address there.' }),
    });
  }
  if (body.length > largestDocument)
    throw new AppError('bad_input', `The document of ${name} is larger than 16 MiB.`, { exchangeId });
  const shown = redactor.url(url.href);
  return {
    text: new TextDecoder().decode(body),
    name,
    source: { kind: 'url', url: shown, again: shown === url.href },
  };
}
