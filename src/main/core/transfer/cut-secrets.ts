/**
 * Looks for secrets once more before anything leaves. What was captured is free of them, but for the bodies of what came
 * in, which are kept as they were sent, and for what the vault has learned since.
 */
import type { BodyInfo, HeaderPairs, SecretMark } from '../../../shared/model/exchange.ts';
import { headerValue } from '../../../shared/highlevel/headers.ts';
import { decodeContent } from '../requests/decode-content.ts';
import { applyCuts, type Cut } from '../vault/redaction/cuts.ts';
import type { Redactor } from '../vault/types.ts';
import { changedBody, mergeMarks, type ChangedBody } from './body-change.ts';
import type { WholeExchange } from './types.ts';

type BodyRedactor = Pick<Redactor, 'body'>;

/** The exchange without any secret, and whether there was one. */
export async function cutSecrets(
  whole: WholeExchange,
  redactor: Redactor,
): Promise<{ whole: WholeExchange; cut: boolean }> {
  const { detail } = whole;
  const url = redactor.url(detail.url);
  const requestHeaders = redactor.headers(detail.requestHeaders);
  const responseHeaders = detail.responseHeaders === null ? null : redactor.headers(detail.responseHeaders);
  const error = detail.error === null ? null : redactor.text(detail.error);
  const request = await cutBody(whole.requestBody, detail.requestBody, detail.requestHeaders, redactor);
  const response =
    whole.responseBody === null || detail.responseBody === null
      ? null
      : await cutBody(whole.responseBody, detail.responseBody, detail.responseHeaders ?? [], redactor);
  const cut =
    url !== detail.url ||
    request.bytes !== whole.requestBody ||
    (response?.bytes ?? null) !== whole.responseBody ||
    JSON.stringify([requestHeaders, responseHeaders]) !==
      JSON.stringify([detail.requestHeaders, detail.responseHeaders]);
  return {
    cut,
    whole: {
      detail: {
        ...detail,
        url,
        error,
        requestHeaders,
        responseHeaders,
        requestBytes: request.bytes.length,
        responseBytes: response?.bytes.length ?? detail.responseBytes,
        requestBody: request.info,
        responseBody: response?.info ?? null,
      },
      requestBody: request.bytes,
      responseBody: response?.bytes ?? null,
    },
  };
}

/** The bytes given where there is nothing to cut. Compressed bytes that hold a secret come back decoded. */
async function cutBody(
  bytes: Uint8Array,
  info: BodyInfo,
  headers: HeaderPairs,
  redactor: BodyRedactor,
): Promise<ChangedBody> {
  if (bytes.length === 0) return { bytes, info };
  const contentType = headerValue(headers, 'content-type');
  const decoded = (await decodeContent(bytes, headerValue(headers, 'content-encoding'))) ?? bytes;
  const { bytes: left, marks } = cutEverywhere(decoded, contentType, redactor);
  if (marks.length === 0) return { bytes, info };
  return changedBody(info, left, mergeMarks(decoded === bytes ? info.marks : [], marks));
}

function cutEverywhere(
  bytes: Uint8Array,
  contentType: string | null,
  redactor: BodyRedactor,
): { bytes: Uint8Array; marks: readonly SecretMark[] } {
  const plain = redactor.body(bytes, contentType);
  const encoded = applyCuts(plain.bytes, encodedCuts(plain.bytes, redactor));
  return { bytes: encoded.bytes, marks: mergeMarks(plain.marks ?? [], encoded.marks) };
}

const BASE64_RUN = /[A-Za-z0-9+/_-]{12,}={0,2}/g;
/** A run may begin with characters that are no part of the base64. */
const alignments = [0, 1, 2, 3] as const;

/** Runs of base64 that a secret hides in, whole: what is left of such a run would still tell it. */
function encodedCuts(bytes: Uint8Array, redactor: BodyRedactor): Cut[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const runs = [...text.matchAll(BASE64_RUN)];
  if (runs.length === 0) return [];
  const secretIn = (decoded: Uint8Array): SecretMark | undefined => redactor.body(decoded, null).marks?.[0];
  // One search through all of them at once tells in nearly every case that there is nothing to find.
  const anywhere = alignments.some(
    (from) => secretIn(Buffer.concat(runs.flatMap(([run]) => [decodeRun(run, from), gap]))) !== undefined,
  );
  if (!anywhere) return [];
  return runs.flatMap(({ 0: run, index }) => {
    const mark = alignments
      .map((from) => secretIn(decodeRun(run, from)))
      .find((found) => found !== undefined);
    if (mark === undefined) return [];
    return [{ start: index, end: index + run.length, kind: mark.kind, reference: mark.reference }];
  });
}

const gap = Buffer.from([0]);
const decodeRun = (run: string, from: number): Buffer => Buffer.from(run.slice(from), 'base64');
