import { Wand } from 'lucide-react';
import { useState } from 'react';
import type { LinkLint } from '../../../shared/model/install-link.ts';
import type { Profile } from '../../../shared/model/profile.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-field.tsx';
import { Failure, Note } from '../../ui/notes.tsx';
import { TextAreaField } from '../../ui/text-area-field.tsx';
import { useLint, useUpdate } from './use-update.ts';

const tones = { error: 'bad', warning: 'warn', note: 'info' } as const;

type FindingsProps = { readonly lint: LinkLint; readonly onFix: (link: string) => void };

function Findings({ lint, onFix }: FindingsProps) {
  if (lint.findings.length === 0)
    return <Note tone="ok">Nothing is wrong with this link, as far as it can be told from here.</Note>;
  return (
    <ul className="findings" aria-label="Findings">
      {lint.findings.map(({ code, severity, field, what, fix }) => (
        <li key={`${code} ${what}`}>
          <Note
            tone={tones[severity]}
            action={
              fix !== null && (
                <Button
                  className="fix"
                  title={fix.label}
                  aria-label={`Fix ${field}: ${fix.label}`}
                  onClick={() => onFix(fix.link)}
                >
                  <span className="clip">{fix.label}</span>
                </Button>
              )
            }
          >
            <span className="tag">{field}</span> {what}
          </Note>
        </li>
      ))}
    </ul>
  );
}

/** The install link under the linter: each finding says what will happen and puts it right with one click. */
export function LinkPanel({ profile }: { readonly profile: Profile }) {
  const [draft, setDraft] = useState<string | null>(null);
  const lint = useLint(profile, draft === null || draft.trim() === '' ? undefined : draft.trim());
  const save = useUpdate(profile, 'Install link saved');
  const shown = draft ?? lint.data?.link ?? '';
  const built = profile.installLink === null && draft === null;
  const unsaved = draft !== null && draft.trim() !== '' && draft.trim() !== profile.installLink;
  const fixed = lint.data?.fixed ?? null;
  const keep = (): void => setDraft(null);
  return (
    <section className="card" aria-label="Install link">
      <header>
        <h2>Install link</h2>
        <span className="faint small">
          {built
            ? 'made from the settings of this app'
            : unsaved
              ? 'not saved yet'
              : 'as pasted from the portal'}
        </span>
        <span className="grow" />
        <CopyButton text={shown} what="install link" />
      </header>
      <div className="inside stack">
        <TextAreaField
          label="Link"
          rows={4}
          value={shown}
          onChange={setDraft}
          hint="Paste the portal’s own link to check it before anybody opens it."
        />
        <div className="line wrap">
          <Button
            look="primary"
            disabled={!unsaved}
            busy={save.isPending}
            onClick={() => save.mutate({ installLink: draft?.trim() ?? null }, { onSuccess: keep })}
          >
            Save link
          </Button>
          {fixed !== null && (
            <Button icon={Wand} onClick={() => setDraft(fixed)}>
              Fix the plain mistakes
            </Button>
          )}
          {unsaved && (
            <Button look="quiet" onClick={keep}>
              Discard changes
            </Button>
          )}
          {profile.installLink !== null && !unsaved && (
            <Button look="quiet" onClick={() => save.mutate({ installLink: null }, { onSuccess: keep })}>
              Forget the pasted link
            </Button>
          )}
        </div>
        {save.error !== null && <Failure error={save.error} />}
        {lint.error !== null && <Failure error={lint.error} />}
        {lint.data !== undefined && <Findings lint={lint.data} onFix={setDraft} />}
      </div>
    </section>
  );
}
