import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Profile } from '../../../shared/model/profile.ts';
import { rpc } from '../../platform/connection.ts';
import { Button } from '../../ui/button.tsx';
import { Failure } from '../../ui/notes.tsx';
import { TextAreaField } from '../../ui/text-area-field.tsx';

/** By hand, as HighLevel's webhook guide has developers do it. */
export function PasteCode({ profile }: { readonly profile: Profile }) {
  const [text, setText] = useState('');
  const paste = useMutation({
    mutationFn: () => rpc.install.paste({ profileId: profile.id, text }),
    onSuccess: () => setText(''),
    gcTime: 0,
  });
  return (
    <details className="card paste-code">
      <summary>Paste a code or the redirected address</summary>
      <form
        className="inside stack"
        onSubmit={(event) => {
          event.preventDefault();
          paste.mutate();
        }}
      >
        <TextAreaField
          label="Code, or the whole address the browser ended on"
          value={text}
          onChange={setText}
          rows={2}
          placeholder="https://…/oauth/callback?code=…"
          hint="For when the way back does not reach this machine. It is exchanged at once and kept nowhere."
        />
        {paste.error !== null && <Failure error={paste.error} />}
        <div className="line">
          <Button submit busy={paste.isPending} disabled={text.trim() === ''}>
            Exchange
          </Button>
        </div>
      </form>
    </details>
  );
}
