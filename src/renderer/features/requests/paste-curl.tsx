import { useState } from 'react';
import { parseCurl } from '../../../shared/curl/parse-curl.ts';
import { apiHost } from '../../../shared/highlevel/hosts.ts';
import { toast } from '../../lib/notices.ts';
import { go, goInPlace } from '../../lib/route.ts';
import { createValue, useValue } from '../../lib/value.ts';
import { rpc } from '../../platform/connection.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Note } from '../../ui/notes.tsx';
import { TextAreaField } from '../../ui/text-area-field.tsx';
import { leaveOpened } from '../collections/opened.ts';
import { change, pair } from './draft.ts';

const open = createValue(false);
export const pasteCurl = (): void => {
  go('requests');
  open.set(true);
};

/** Fills the form with what a cURL command sends, as a call of the operation it belongs to. @throws Error where the text is none */
export async function fillFromCurl(command: string): Promise<void> {
  const { method, url, query, headers, bodyKind, body, parts, leftOut } = parseCurl(command);
  const isApi = url === apiHost || url.startsWith(`${apiHost}/`);
  // Any other host is refused by name before sending.
  const path = isApi ? url.slice(apiHost.length) || '/' : url;
  const found = isApi ? await rpc.catalogue.match({ method, path }) : null;
  const operation = found?.operation ?? null;
  const given = new Set(query.map(({ name }) => name));
  const further = (operation?.params ?? []).filter((one) => one.in === 'query' && !given.has(one.name));
  // Another request than the saved one that may have been in the form.
  leaveOpened();
  change({
    operationId: operation?.id ?? null,
    method,
    path: operation?.path ?? path,
    pathParams: found?.pathParams ?? {},
    query: [
      ...query.map(({ name, value }) => pair(name, value)),
      ...further.map(({ name }) => pair(name, '', false)),
    ],
    headers: headers.map(({ name, value }) => pair(name, value)),
    bodyKind,
    body,
    parts: parts.map(({ name, value }) => pair(name, value)),
    file: null,
  });
  // The address names the operation that is filled in, or none, so that no other is filled in over it.
  goInPlace('requests', operation?.id ?? null);
  const filled =
    operation === null ? 'The form is filled in.' : `The form is filled in: ${operation.summary}.`;
  toast([filled, ...leftOut].join(' '));
}

export function PasteCurl() {
  const isOpen = useValue(open);
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const close = (): void => {
    open.set(false);
    setText('');
    setProblem(null);
  };
  const fill = (): void =>
    void fillFromCurl(text).then(close, (error: unknown) =>
      setProblem(error instanceof Error ? error.message : String(error)),
    );
  return (
    <Dialog
      open={isOpen}
      onClose={close}
      title="Paste cURL"
      description="A command from the documentation, a browser or a log fills in the form. Its token is not taken over."
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button look="primary" disabled={text.trim() === ''} onClick={fill}>
            Fill in
          </Button>
        </>
      }
    >
      <TextAreaField label="Command" rows={8} value={text} placeholder="curl …" onChange={setText} />
      {problem !== null && (
        <Note tone="bad" role="alert">
          {problem}
        </Note>
      )}
    </Dialog>
  );
}
