import type { ExportFormat, ExportStep, ReplacedKind } from '../../../shared/model/transfer.ts';

export const formatWords: Readonly<Record<ExportFormat, { readonly name: string; readonly text: string }>> = {
  ndjson: { name: 'NDJSON', text: 'Everything, one exchange a line; imported again byte for byte.' },
  har: { name: 'HAR', text: 'For browsers, proxies and HAR viewers; imported again as well.' },
  json: { name: 'JSON', text: 'The same as NDJSON in one array.' },
  curl: { name: 'cURL', text: 'The requests as commands for a terminal.' },
  fixture: {
    name: 'Test fixture',
    text: 'Webhooks with their exact bodies, the verdict to expect and the public keys, for your own tests.',
  },
};

export const kindWords: Readonly<Record<ReplacedKind, string>> = {
  names: 'Names',
  emails: 'Emails',
  phones: 'Phones',
  ids: 'Ids',
  addresses: 'Addresses',
  birthdays: 'Birthdays',
  text: 'Free text',
  dates: 'Dates',
};

export const exchanges = (count: number): string =>
  count === 1 ? '1 exchange' : `${count.toLocaleString('en')} exchanges`;

/** What became of an export, for a toast. */
export function exportedWords({ done, skipped, cut }: ExportStep, fileName: string): string {
  const left = skipped === 0 ? '' : `; ${exchanges(skipped)} left out, being no webhook`;
  const secrets = cut === 0 ? '' : `; secrets cut out of ${exchanges(cut)}`;
  return `${exchanges(done - skipped)} exported to ${fileName}${left}${secrets}`;
}
