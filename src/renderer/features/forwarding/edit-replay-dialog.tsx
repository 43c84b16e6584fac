import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ExchangeDetail, HeaderPairs } from '../../../shared/model/exchange.ts';
import { fromBase64 } from '../../lib/bytes.ts';
import { rpc } from '../../platform/connection.ts';
import { Button } from '../../ui/button.tsx';
import { CopyField } from '../../ui/copy-field.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Failure, Note } from '../../ui/notes.tsx';
import { linesOf, TextAreaField } from '../../ui/text-area-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { tellDelivery, useDevelopmentKey, useUsualTarget } from './use-forwarding.ts';

const mostBytes = 1_048_576;

/** The body as text; null where it cannot be edited as such. */
async function textOf({ id, requestBody }: ExchangeDetail): Promise<string | null> {
  if (requestBody.bytes === 0) return '';
  if (requestBody.bytes > mostBytes) return null;
  const { base64 } = await rpc.exchanges.body({ id, part: 'request', length: mostBytes });
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(fromBase64(base64));
  } catch {
    // Bytes that are no text stay as they are.
    return null;
  }
}

const headerLines = (headers: HeaderPairs): string =>
  headers.map(([name, value]) => `${name}: ${value}`).join('\n');

const headersOf = (text: string): HeaderPairs =>
  linesOf(text).map((line) => {
    const colon = line.indexOf(':');
    return colon === -1 ? [line, ''] : [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
  });

function SigningKey() {
  const { data, error } = useDevelopmentKey();
  if (error !== null) return <Failure error={error} />;
  if (data === undefined) return null;
  return (
    <div className="stack">
      <p className="muted small">
        Put this line into the environment of your server and it trusts what is signed here. The key is yours
        alone: on a live app such a signature never counts as HighLevel’s.
      </p>
      <CopyField text={data.environmentLine} what="environment variable" />
      <p className="faint small">
        Key <span className="mono">{data.fingerprint.slice(0, 16)}…</span>
      </p>
    </div>
  );
}

type EditFormProps = {
  readonly exchange: ExchangeDetail;
  readonly text: string;
  readonly onClose: () => void;
};

function EditForm({ exchange, text, onClose }: EditFormProps) {
  const usual = useUsualTarget();
  const [to, setTo] = useState<string | null>(null);
  const [allowRemote, setAllowRemote] = useState(false);
  const [body, setBody] = useState(text);
  const [headers, setHeaders] = useState(headerLines(exchange.requestHeaders));
  const [sign, setSign] = useState(true);
  const address = to ?? usual?.url ?? '';
  const send = useMutation({
    mutationFn: () =>
      rpc.forwarding.replayEdited({
        id: exchange.id,
        headers: headersOf(headers),
        body,
        sign,
        to: address.trim() === '' ? null : address.trim(),
        allowRemote: allowRemote || (address === usual?.url && usual.allowRemote),
      }),
    onSuccess: (deliveries) => {
      deliveries.forEach(tellDelivery);
      onClose();
    },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title="Edit and replay"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" busy={send.isPending} onClick={() => send.mutate()}>
            {sign ? 'Sign and send' : 'Send'}
          </Button>
        </>
      }
    >
      <TextField
        label="Address of your server"
        value={address}
        onChange={setTo}
        placeholder="http://localhost:3000/webhooks"
        mono
      />
      <CheckField label="May be outside this machine" checked={allowRemote} onChange={setAllowRemote} />
      <TextAreaField label="Body" rows={6} value={body} onChange={setBody} />
      <CheckField
        label="Sign anew with the development key (X-GHL-Signature)"
        checked={sign}
        onChange={setSign}
      />
      {sign && <SigningKey />}
      <TextAreaField
        label="Headers"
        rows={4}
        value={headers}
        onChange={setHeaders}
        hint="One a line. Host and Content-Length are set to what they must be."
      />
      {send.error !== null && <Failure error={send.error} />}
    </Dialog>
  );
}

export function EditReplayDialog({ exchange, onClose }: Omit<EditFormProps, 'text'>) {
  const { data: text, error } = useQuery({
    queryKey: ['body-text', exchange.id],
    queryFn: () => textOf(exchange),
  });
  if (error === null && text === undefined) return null;
  if (typeof text === 'string') return <EditForm exchange={exchange} text={text} onClose={onClose} />;
  return (
    <Dialog open onClose={onClose} title="Edit and replay" footer={<Button onClick={onClose}>Close</Button>}>
      {error === null ? (
        <Note tone="info">This body is no text, or larger than 1 MiB. It can be replayed as it came.</Note>
      ) : (
        <Failure error={error} />
      )}
    </Dialog>
  );
}
