import { useMutation } from '@tanstack/react-query';
import { FileUp, Pencil, RefreshCw, Trash2, Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { CatalogueInfo } from '../../../shared/model/catalogue.ts';
import { announce } from '../../lib/notices.ts';
import { rpc } from '../../platform/connection.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm, Dialog } from '../../ui/dialog.tsx';
import { Failure } from '../../ui/notes.tsx';
import { Ago } from '../../ui/time.tsx';
import { importDocument } from './catalogues-overlay.ts';
import { renewOperations, useCatalogues } from './use-catalogues.ts';

const kinds = {
  own: 'built in',
  refresh: 'refreshes HighLevel',
  further: 'further catalogue',
  unreadable: 'damaged',
} as const;

const canUpdate = ({ source }: CatalogueInfo): boolean => source?.kind === 'url' && source.again;

function Facts({ info }: { readonly info: CatalogueInfo }) {
  const { kind, operations, version, source, importedAt, failure } = info;
  if (failure !== null) return <span className="bad small">{failure}</span>;
  return (
    <span className="faint small clip">
      {kinds[kind]} · {operations.toLocaleString('en')} operations
      {version !== null && ` · version ${version}`}
      {source !== null && (
        <>
          {' · '}
          <span className="mono" title={source.kind === 'file' ? source.name : source.url}>
            {source.kind === 'file' ? source.name : source.url}
          </span>
        </>
      )}
      {importedAt !== null && (
        <>
          {' · '}
          <Ago at={importedAt} />
        </>
      )}
    </span>
  );
}

type RowProps = {
  readonly info: CatalogueInfo;
  readonly onRemove: (info: CatalogueInfo) => void;
  readonly onRename: (info: CatalogueInfo, name: string) => void;
};

function Row({ info, onRemove, onRename }: RowProps) {
  const { id, name, kind } = info;
  const [typed, setTyped] = useState<string | null>(null);
  const finish = (): void => {
    if (typed !== null && typed.trim() !== '' && typed.trim() !== name) onRename(info, typed.trim());
    setTyped(null);
  };
  return (
    <li className="catalogue-row">
      <div>
        {typed === null ? (
          <b className="clip">{name}</b>
        ) : (
          <input
            className="input"
            aria-label={`New name of ${name}`}
            value={typed}
            maxLength={80}
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- it takes the place of the button that was pressed
            autoFocus
            onChange={(event) => setTyped(event.currentTarget.value)}
            onBlur={finish}
            onKeyDown={(event) => {
              if (event.key === 'Enter') finish();
              if (event.key !== 'Escape') return;
              event.stopPropagation();
              setTyped(null);
            }}
          />
        )}
        <Facts info={info} />
      </div>
      {kind !== 'own' && (
        <span className="line">
          {canUpdate(info) && (
            <Button
              look="quiet"
              icon={RefreshCw}
              aria-label={`Update ${name}`}
              title="Update from its address"
              onClick={() => importDocument(id)}
            />
          )}
          {kind !== 'unreadable' && (
            <Button
              look="quiet"
              icon={Pencil}
              aria-label={`Rename ${name}`}
              title="Rename"
              onClick={() => setTyped(name)}
            />
          )}
          <Button
            look="quiet danger"
            icon={kind === 'refresh' ? Undo2 : Trash2}
            aria-label={kind === 'refresh' ? `Undo ${name}` : `Remove ${name}`}
            title={kind === 'refresh' ? 'Undo: HighLevel’s operations as they were before' : 'Remove'}
            onClick={() => onRemove(info)}
          />
        </span>
      )}
    </li>
  );
}

function removalWords({ name, kind, operations }: CatalogueInfo): string {
  if (kind === 'refresh') return `HighLevel’s operations will be as they were before “${name}”.`;
  if (kind === 'unreadable') return 'Its damaged file is deleted.';
  return `Its ${operations.toLocaleString('en')} operations leave the catalogue; requests that were made of them stay.`;
}

export function CataloguesList({ onClose }: { readonly onClose: () => void }) {
  const catalogues = useCatalogues() ?? [];
  const [leaving, setLeaving] = useState<CatalogueInfo | null>(null);
  const change = useMutation({
    mutationFn: async (action: () => Promise<unknown>) => {
      await action();
      await renewOperations();
    },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title="Catalogues"
      description="Operations come from HighLevel’s own catalogue and from OpenAPI documents you import."
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button look="primary" icon={FileUp} onClick={() => importDocument()}>
            Import OpenAPI…
          </Button>
        </>
      }
    >
      <div className="catalogues-wide">
        <ul className="catalogue-rows" aria-label="Catalogues">
          {catalogues.map((info) => (
            <Row
              key={info.id}
              info={info}
              onRemove={setLeaving}
              onRename={({ id }, name) => change.mutate(() => rpc.catalogues.rename({ id, name }))}
            />
          ))}
        </ul>
        {catalogues.length === 1 && (
          <p className="muted">
            A further catalogue can be any OpenAPI 3 document. A newer document of HighLevel’s refreshes its
            operations, and says first what that changes.
          </p>
        )}
        {change.error !== null && <Failure error={change.error} />}
      </div>
      {leaving !== null && (
        <Confirm
          open
          title={leaving.kind === 'refresh' ? `Undo ${leaving.name}?` : `Remove ${leaving.name}?`}
          action={leaving.kind === 'refresh' ? 'Undo' : 'Remove'}
          onClose={() => setLeaving(null)}
          onConfirm={() => {
            const { id, name } = leaving;
            change.mutate(() => rpc.catalogues.remove({ id }), {
              onSuccess: () => announce(`${name} removed`),
            });
          }}
        >
          {removalWords(leaving)}
        </Confirm>
      )}
    </Dialog>
  );
}
