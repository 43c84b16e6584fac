import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { AppError } from '../../../../shared/model/app-error.ts';
import { codeLanguage, codeLanguages, type CodeLanguage } from '../../../../shared/model/code.ts';
import { requestSettings, type RequestDraft } from '../../../../shared/model/request.ts';
import { chosenProfile, withCompanion } from '../companion.ts';
import { bodyOf } from '../exchange-line.ts';
import { UsageError } from '../failures.ts';
import { collect, nameAndValue, withCommonOptions, type NameAndValue, type Setting } from '../options.ts';
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
    .option('--timeout <seconds>', 'for the whole answer (default: 60)', seconds)
    .option(
      '--retry',
      'when the rate limit refuses it (429), wait and send it again, at most five times in all',
    )
    .option('--code <language>', `print it as code and send nothing: ${languages.join(', ')}`, language)
    .addHelpText(
      'after',
      `
{{locationId}} and {{companyId}} in path, query and body are filled in from the token. The body of the answer goes to
standard output. An answer of 400 or more is an answer too: it is explained on standard error, and the exit code is 0.

Examples:
  hlc request GET /contacts/ --query locationId={{locationId}} --query limit=5
  hlc request POST /contacts/ --location ve9EPM428h8vShlRW1KT --data '{"locationId":"{{locationId}}","firstName":"Ada"}'
  hlc request GET /contacts/ --query locationId={{locationId}} --code python > contacts.py
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

function seconds(text: string): number {
  const parsed = requestSettings.shape.timeoutMs.safeParse(Math.round(Number(text) * 1000));
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError('It must be a number of seconds from 0.1 to 600.');
}

function request(typed: string, path: string, options: RequestOptions, setting: Setting): Promise<void> {
  const method = typed.toUpperCase();
  if (!/^[A-Z]{3,10}$/.test(method)) throw new UsageError(`"${typed}" is not an HTTP method.`);
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
    if (options.code !== undefined) {
      const { code, notes } = await client.code.write({ draft, language: options.code });
      for (const note of notes) output.say(note);
      await output.print({ language: options.code, code, notes }, () => code.trimEnd());
      return;
    }
    const callId = randomUUID();
    const answered = new AbortController();
    if (options.retry === true) {
      void sayWaits(client, callId, (line) => output.say(line), AbortSignal.any([stop, answered.signal]));
    }
    const sending = client.requests.send({ ...draft, callId }, { signal: stop });
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
