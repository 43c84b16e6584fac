import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ProfileId } from '../../../shared/model/ids.ts';
import { localInstant } from '../../lib/time.ts';
import { rpc } from '../../platform/connection.ts';
import { CopyButton } from '../../ui/copy-field.tsx';
import { PanelState } from './panel-state.tsx';

const languages = [
  { id: 'typescript', name: 'TypeScript' },
  { id: 'zod', name: 'zod' },
  { id: 'jsonSchema', name: 'JSON Schema' },
] as const;

type TypesPanelProps = { readonly type: string; readonly profileId: ProfileId | null };

/** Types made from the deliveries of one type that really arrived. */
export function TypesPanel({ type, profileId }: TypesPanelProps) {
  const [language, setLanguage] = useState<(typeof languages)[number]['id']>('typescript');
  const { data, error, refetch } = useQuery({
    queryKey: ['webhook-types', type, profileId],
    queryFn: () => rpc.webhooks.types({ type, ...(profileId === null ? {} : { profileId }) }),
    refetchOnMount: 'always',
  });
  if (data === undefined)
    return <PanelState what="Generating types" error={error} onRetry={() => void refetch()} />;
  const name = languages.find(({ id }) => id === language)?.name ?? language;
  return (
    <section className="card" aria-label="Types">
      <header>
        <span className="segments" role="group" aria-label="Language">
          {languages.map((one) => (
            <button
              key={one.id}
              type="button"
              aria-pressed={one.id === language}
              onClick={() => setLanguage(one.id)}
            >
              {one.name}
            </button>
          ))}
        </span>
        <span className="grow" />
        <CopyButton text={data[language]} what={`${name} types`} />
      </header>
      <div className="inside stack">
        <p className="faint small">
          From {data.samples === 1 ? 'the one' : `the latest ${data.samples}`} {type} that arrived
          {data.from !== null &&
            data.to !== null &&
            (data.samples === 1
              ? `, ${localInstant(data.to)}`
              : `, ${localInstant(data.from)} to ${localInstant(data.to)}`)}
          {data.skipped > 0 && `; ${data.skipped} left out, since they are too large or no JSON object`}.
          Field names and types only, no values.
        </p>
        <pre className="generated-types" aria-label={`${name} of ${type}`} role="region">
          {data[language]}
        </pre>
      </div>
    </section>
  );
}
