/** Webhooks to send: 2 KB, shaped like HighLevel's, each with its own webhookId, signed with a key of the bench's. */
import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

export const BODY_BYTES = 2048;

/** Any 32 bytes are an Ed25519 private key; these are the same in every process of the bench. */
const SEED = createHash('sha256').update('bench').digest();
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

const privateKey: KeyObject = createPrivateKey({
  key: Buffer.concat([PKCS8_PREFIX, SEED]),
  format: 'der',
  type: 'pkcs8',
});

export const publicKeyPem = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString();

const FIELDS = [
  'firstName',
  'lastName',
  'email',
  'phone',
  'address1',
  'city',
  'state',
  'country',
  'source',
  'assignedTo',
];

/** The body of the webhook with this number: the same bytes in every process, so that what is stored can be compared. */
export function webhookBody(number: number, bytes = BODY_BYTES): Buffer {
  const hex = createHash('sha256').update(String(number)).digest('hex');
  const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  const body: Record<string, unknown> = {
    type: 'ContactCreate',
    locationId: 've9EPM428h8vShlRW1KT',
    versionId: '665c6bb13d4e5364bdec0e2f',
    appId: '665c6bb13d4e5364bdec0e2f',
    id: hex.slice(0, 20),
    number,
    timestamp: new Date(1_760_000_000_000 + number).toISOString(),
    webhookId: id,
  };
  for (let index = 0; JSON.stringify(body).length < 1800; index += 1) {
    body[`${FIELDS[index % FIELDS.length]}${index}`] = `value ${index} of contact ${hex.slice(0, 6)}`;
  }
  body['notes'] = '';
  body['notes'] = 'x'.repeat(bytes - JSON.stringify(body).length);
  return Buffer.from(JSON.stringify(body));
}

/** The value of the signature header for these bytes. */
export const signatureOf = (body: Uint8Array): string => sign(null, body, privateKey).toString('base64');

/** A whole request, ready to be written to a socket. The number is in the query, so that a stored row can be told. */
export function webhookRequest(number: number, bytes = BODY_BYTES): Buffer {
  const body = webhookBody(number, bytes);
  const head = [
    `POST /webhooks?number=${number} HTTP/1.1`,
    'Host: 127.0.0.1',
    'User-Agent: axios/1.6.8',
    'Accept: application/json, text/plain, */*',
    'Accept-Encoding: gzip, compress, deflate, br',
    'Content-Type: application/json',
    `X-GHL-Signature: ${signatureOf(body)}`,
    `Content-Length: ${body.length}`,
    '',
    '',
  ].join('\r\n');
  return Buffer.concat([Buffer.from(head), body]);
}
