import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { tamperCaseIds } from '../../src/shared/model/tamper.ts';
import type { TamperCaseId, TamperReport, TamperVerdict } from '../../src/shared/model/tamper.ts';
import { tamperMarkdown } from '../../src/shared/model/tamper-markdown.ts';
import { spelled, spellings } from '../../src/main/core/tamper/spellings.ts';
import type { TestCore } from '../contract/support.ts';
import { openTriggerCore, profileId } from '../triggers/support.ts';
import { careless, correct, reserialising, sdk, startEndpoint } from './endpoints.ts';

let opened: TestCore;
let pem: string;
beforeEach(async () => {
  opened = await openTriggerCore();
  pem = (await opened.core.tamper.keys()).current.pem;
  vi.spyOn(console, 'warn').mockImplementation(() => {});
});
afterEach(async () => {
  vi.restoreAllMocks();
  await opened.dispose();
});

async function bench(to: string): Promise<TamperReport> {
  let last: TamperReport | null = null;
  for await (const { total, report } of opened.core.tamper.run(
    { profileId, to, allowRemote: false },
    undefined,
  )) {
    expect(total).toBe(tamperCaseIds.length);
    last = report;
  }
  if (last?.finishedAt === null || last === null) throw new Error('The run did not finish.');
  return last;
}

/** What is not as it should be. */
const wrong = (report: TamperReport): Partial<Record<TamperCaseId, TamperVerdict>> =>
  Object.fromEntries(
    report.cases.flatMap(({ id, verdict }) => (verdict === 'as-it-should' ? [] : [[id, verdict]])),
  );

const everySpelling = (verdict: TamperVerdict) =>
  Object.fromEntries(Object.keys(spellings).map((id) => [id, verdict]));

describe('the report tells endpoints apart', () => {
  test('one that does all of it', async () => {
    const report = await bench(await startEndpoint(correct(pem)));
    expect(wrong(report)).toEqual({});
    expect(report.cases.map(({ id }) => id)).toEqual(tamperCaseIds);
    expect(report.conclusion).toBe('All 15 cases were answered as they should be.');
    expect(report.cases.every(({ advice }) => advice === null)).toBe(true);
  });

  test('one that believes everybody', async () => {
    const report = await bench(await startEndpoint(careless));
    expect(wrong(report)).toEqual({
      unsigned: 'too-lax',
      'wrong-signature': 'too-lax',
      'altered-body': 'too-lax',
      'legacy-forged': 'too-lax',
      'old-timestamp': 'too-lax',
      'repeated-id': 'too-lax',
    });
    expect(report.conclusion).toContain('Nothing is verified');
  });

  test('one that writes the JSON again', async () => {
    const report = await bench(await startEndpoint(reserialising(pem)));
    expect(wrong(report)).toEqual({
      'old-timestamp': 'too-lax',
      'repeated-id': 'too-lax',
      ...everySpelling('too-strict'),
    });
    expect(report.conclusion).toContain('not the bytes that came');
    expect(report.cases.find(({ id }) => id === 'spelling-slash')?.advice).toContain('raw bytes');
  });

  test('the official SDK behind a JSON parser', async () => {
    expect(wrong(await bench(await startEndpoint(sdk(pem, false))))).toEqual({
      unsigned: 'too-lax',
      'legacy-forged': 'too-lax',
      'old-timestamp': 'too-lax',
      'repeated-id': 'too-lax',
      ...everySpelling('too-strict'),
    });
  });

  test('the official SDK with the raw body', async () => {
    expect(wrong(await bench(await startEndpoint(sdk(pem, true))))).toEqual({
      unsigned: 'too-lax',
      'legacy-forged': 'too-lax',
      'old-timestamp': 'too-lax',
      'repeated-id': 'too-lax',
    });
  });

  test('one that does not trust the development key', async () => {
    const report = await bench(await startEndpoint(() => ({ status: 401 })));
    expect(wrong(report)).toMatchObject({ valid: 'too-strict', 'out-of-order': 'too-strict' });
    expect(report.conclusion).toContain('make the endpoint trust the development key first');
  });

  test('one that breaks, asks again, or answers otherwise every time', async () => {
    let count = 0;
    const verdicts = await bench(
      await startEndpoint((raw, headers) => {
        count += 1;
        if (headers['x-ghl-signature'] === undefined) return { status: 500 };
        if (raw.toString().includes('"firstName":"X')) return { status: 429 };
        return { status: 200, body: String(count) };
      }),
    );
    expect(wrong(verdicts)).toMatchObject({
      unsigned: 'failed',
      'altered-body': 'failed',
      'legacy-only': 'failed',
      'repeated-id': 'too-lax',
    });
    expect(verdicts.cases.find(({ id }) => id === 'repeated-id')?.sentence).toContain('differ every time');
  });
});

test('nobody at home is said once, and the run ends', async () => {
  const report = await bench('http://127.0.0.1:9/hooks');
  expect(report.cases).toHaveLength(1);
  expect(wrong(report)).toEqual({ valid: 'no-answer' });
  expect(report.conclusion).toContain('Nothing answered there.');
});

test('each request is recorded as a forward, and the last report of an address is kept', async () => {
  const { core } = opened;
  const url = await startEndpoint(careless);
  const first = await bench(`${url}?token=1`);
  const second = await bench(url);
  expect(second.cases.flatMap(({ deliveries }) => deliveries)).toHaveLength(17);
  const forwards = await core.exchanges.page({ purposes: ['forward'], limit: 1000 });
  expect(forwards.items).toHaveLength(34);
  expect(new Set(forwards.items.map(({ id }) => id))).toEqual(
    new Set(
      [first, second].flatMap(({ cases }) => cases.flatMap((one) => one.deliveries.map((d) => d.exchangeId))),
    ),
  );
  expect(core.tamper.reports()).toEqual([second, first]);
  const third = await bench(url);
  expect(core.tamper.reports()).toEqual([third, first]);
});

test('closing the stream cancels what has not been sent', async () => {
  const { core } = opened;
  const stop = new AbortController();
  const url = await startEndpoint(careless);
  for await (const { report } of core.tamper.run({ profileId, to: url, allowRemote: false }, stop.signal)) {
    if (report.cases.length === 2) stop.abort();
  }
  expect((await core.exchanges.page({ purposes: ['forward'] })).items).toHaveLength(2);
  expect(core.tamper.reports()).toEqual([]);
});

test('addresses follow the rules of forwarding', async () => {
  const run = (to: string) => opened.core.tamper.run({ profileId, to, allowRemote: false }, undefined);
  const all = async (to: string): Promise<void> => {
    for await (const { report } of run(to)) expect(report.cases).toEqual([]);
  };
  await expect(all('https://example.com/')).rejects.toMatchObject({ code: 'bad_input' });
  await expect(all(`${opened.core.ingress.status().url}/webhooks`)).rejects.toMatchObject({
    code: 'bad_input',
  });
});

test('the spellings are one value in different bytes', () => {
  const text = JSON.stringify({ website: 'https://example.com/é', value: spelled });
  const written = Object.values(spellings).map((spell) => spell(text));
  expect(new Set([text, ...written]).size).toBe(7);
  for (const spelling of written) {
    expect(JSON.parse(spelling)).toEqual(JSON.parse(text));
    expect(JSON.stringify(JSON.parse(spelling))).toBe(text);
  }
});

test('the development keys come as lines of an environment file', async () => {
  const { current, legacy } = await opened.core.tamper.keys();
  expect(current.environmentLine).toMatch(/^WEBHOOK_SIGNATURE_PUBLIC_KEY="-----BEGIN PUBLIC KEY-----/);
  expect(legacy.environmentLine).toMatch(/^WEBHOOK_PUBLIC_KEY="-----BEGIN PUBLIC KEY-----/);
  expect(legacy.fingerprint).not.toBe(current.fingerprint);
});

test('a report reads as Markdown', async () => {
  const text = tamperMarkdown(await bench(await startEndpoint(careless)));
  expect(text).toMatch(/^# Tamper bench: http:\/\/127\.0\.0\.1:\d+\/hooks\n/);
  expect(text).toContain('| No signature | refuse (4xx) | 200 | too lax | It was accepted.');
  expect(text).toContain('| Same webhookId twice | accept once | 200, 200 | too lax |');
  expect(text).toContain('- **No signature**: Answer 401');
});
