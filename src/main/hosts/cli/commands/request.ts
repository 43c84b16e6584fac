import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import { AppError } from '../../../../shared/model/app-error.ts';
import { codeLanguage, codeLanguages, type CodeLanguage } from '../../../../shared/model/code.ts';
import { dataRunStart } from '../../../../shared/model/data-run.ts';
import { requestSettings, type RequestDraft } from '../../../../shared/model/request.ts';
import { rowsFormat, type RowsFormat } from '../../../../shared/model/run.ts';
import { chosenProfile, withCompanion } from '../companion.ts';
import { bodyOf } from '../exchange-line.ts';
import { UsageError } from '../failures.ts';
import { collect, nameAndValue, withCommonOptions, type NameAndValue, type Setting } from '../options.ts';
import { followPages, followRows, readRowsFile } from '../follow-runs.ts';
import { readBody } from '../read-body.ts';
import { sayWaits } from '../say-waits.ts';
import { stopSignal } from '../stop-signal.ts';

type RequestOptions = {
  readonly location?: string;
  readonly query?: readonly NameAndValue[];
  readonly data?: string;
  readonly timeout?: number;
  readonly retry?: true;
  readonly code?: CodeLanguage;
  readonly allPages?: true;
  readonly format?: RowsFormat;
  readonly out?: string;
  readonly rows?: string;
  readonly concurrency?: number;
  readonly env?: string;
  readonly var?: readonly NameAndValue[];
};

export function addRequest(program: Command, setting: () => Setting): void {
  withCommonOptions(
    program.command('request <method> <path>'),
    'with a token of this profile (default: the active one)',
  )
    .description('call the API with the right token and Version header')
    .option('--location <id>', 'the sub-account it is about; its token is used, or minted')
    .option('--query <name=value>', 'a query parameter; may be given several times', collect(nameAndValue))
    .option('--data <json>', 'the body', json)
    .option('--env <name>', 'the environment whose variables fill in the request (default: the active one)')
    .option(
      '--var <name=value>',
      'a variable for this request alone; may be given several times',
      collect(nameAndValue),
    )
    .option('--timeout <seconds>', 'for the whole answer (default: 60)', seconds)
    .option(
      '--retry',
      'when the rate limit refuses it (429), wait and send it again, at most five times in all',
    )
    .option('--code <language>', `print it as code and send nothing: ${languages.join(', ')}`, language)
    .option('--all-pages', 'read the list to its end, below the rate limit, and print its rows')
    .addOption(new Option('--format <format>', 'of those rows (default: ndjson)').choices(rowsFormat.options))
    .option('--out <file>', 'where those rows go (default: standard output)')
    .option(
      '--rows <file>',
      'send it for every row of a CSV or NDJSON file, whose columns are its {{variables}}',
    )
    .option('--concurrency <n>', 'rows under way at once, 1 to 5 (default: 1)', concurrency)
    .addHelpText(
      'after',
      `
{{locationId}} and {{companyId}} in path, query and body are filled in from the token, other variables from --var and
the environment. The body of the answer goes to standard output. An answer of 400 or more is an answer too: it is
explained on standard error, and the exit code is 0.

Examples:
  hlc request GET /contacts/ --query locationId={{locationId}} --query limit=5
  hlc request POST /contacts/ --location ve9EPM428h8vShlRW1KT --data '{"locationId":"{{locationId}}","firstName":"Ada"}'
  hlc request GET /contacts/ --query locationId={{locationId}} --code python > contacts.py
  hlc request GET /contacts/ --query locationId={{locationId}} --all-pages --format csv --out contacts.csv
  hlc request PUT /contacts/{{id}} --data '{"firstName":"{{first_name}}"}' --rows names.csv
  hlc request GET /contacts/{{contactId}} --env Staging --var contactId=ocQHyuzHvysMo5N5VsXc
  hlc request GET /oauth/installedLocations --query companyId={{companyId}} --json`,
    )
    .action((method: string, path: string, options: RequestOptions) =>
      request(method, path, options, setting()),
    );
}

function json(text: string): string {
  try {
    JSON.parse(text);
    return text;
  } catch {
    throw new InvalidArgumentError('It must be JSON.');
  }
}

const languages = codeLanguages.map(({ id }) => id);

function language(text: string): CodeLanguage {
  const parsed = codeLanguage.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError(`It must be one of ${languages.join(', ')}.`);
}

function concurrency(text: string): number {
  const parsed = dataRunStart.shape.concurrency.safeParse(Number(text));
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError('It must be a whole number from 1 to 5.');
}

function refuseMisuse({
  allPages,
  rows,
  code,
  retry,
  format,
  out,
  concurrency: atOnce,
  env,
  var: values,
}: RequestOptions): void {
  const ways = [
    ['--all-pages', allPages],
    ['--rows', rows],
    ['--code', code],
  ].flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (ways.length > 1) throw new UsageError(`${ways.join(' and ')} do not go together.`);
  const [way] = ways;
  if (way !== undefined && (env !== undefined || values !== undefined)) {
    throw new UsageError(
      `--env and --var do not go with ${way}: it takes the environment chosen in the window.`,
    );
  }
  if (allPages === undefined && (format !== undefined || out !== undefined))
    throw new UsageError('--format and --out go with --all-pages.');
  if (rows === undefined && atOnce !== undefined) throw new UsageError('--concurrency goes with --rows.');
  if (retry === true && (allPages === true || rows !== undefined))
    throw new UsageError('--retry is not needed: a run waits for the rate limit anyway.');
}

function seconds(text: string): number {
  const parsed = requestSettings.shape.timeoutMs.safeParse(Math.round(Number(text) * 1000));
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError('It must be a number of seconds from 0.1 to 600.');
}

function request(typed: string, path: string, options: RequestOptions, setting: Setting): Promise<void> {
  const method = typed.toUpperCase();
  if (!/^[A-Z]{3,10}$/.test(method)) throw new UsageError(`"${typed}" is not an HTTP method.`);
  refuseMisuse(options);
  const stop = stopSignal();
  const { output } = setting;
  return withCompanion(setting, async ({ client }) => {
    const profile = await chosenProfile(client, setting);
    const draft: RequestDraft = {
      profileId: profile.id,
      method,
      path,
      query: [...(options.query ?? [])],
      body: options.data ?? null,
      locationId: options.location ?? null,
      settings: {
        ...(options.timeout !== undefined && { timeoutMs: options.timeout }),
        retryOn429: options.retry === true,
      },
    };
    const environment = options.env;
    const values = Object.fromEntries((options.var ?? []).map(({ name, value }) => [name, value]));
    if (options.code !== undefined) {
      const wish = { ...draft, environment, values };
      const { code, notes } = await client.code.write({ draft: wish, language: options.code });
      for (const note of notes) output.say(note);
      await output.print({ language: options.code, code, notes }, () => code.trimEnd());
      return;
    }
    if (options.allPages === true) {
      const { id } = await client.runs.start({ draft });
      const rowsOut = { format: options.format ?? 'ndjson', out: options.out ?? null };
      return followPages(client, id, rowsOut, output, stop);
    }
    if (options.rows !== undefined) {
      const file = { name: basename(options.rows), text: await readRowsFile(options.rows) };
      const { id } = await client.dataRuns.start({ draft, file, concurrency: options.concurrency ?? 1 });
      return followRows(client, id, output, stop);
    }
    const callId = randomUUID();
    const answered = new AbortController();
    if (options.retry === true) {
      void sayWaits(client, callId, (line) => output.say(line), AbortSignal.any([stop, answered.signal]));
    }
    const sending = client.requests.send({ ...draft, callId, environment, values }, { signal: stop });
    const result = await sending.finally(() => answered.abort());
    const { status, statusText, headers, timings, explanation, exchangeId, attempts } = result;
    if (status === null) {
      throw new AppError('request_failed', explanation?.sentence ?? 'There was no answer.', {
        remedy: explanation?.remedy ?? 'Send it again.',
      });
    }
    const body = readBody(await bodyOf(client, await client.exchanges.get({ id: exchangeId }), 'response'));
    if (!setting.json) output.say(`${status} ${statusText} in ${Math.round(timings?.total ?? 0)} ms`);
    if (attempts > 1) output.say(`It was sent ${attempts} times.`);
    if (explanation !== null) {
      output.say([explanation.sentence, explanation.remedy ?? ''].join(' ').trim());
    }
    await output.print({ status, headers, timings, body, exchangeId, attempts }, () =>
      typeof body === 'string' ? body : JSON.stringify(body, null, 2),
    );
  });
}
