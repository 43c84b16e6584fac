import { useMutation, useQuery } from '@tanstack/react-query';
import { useValue } from '../../lib/value.ts';
import { rpc } from '../../platform/connection.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Failure, Note } from '../../ui/notes.tsx';
import { draft } from '../requests/draft.ts';
import { collectionOverlay } from './collection-overlay.ts';
import { fill, opened } from './opened.ts';
import { saveOn } from './save.ts';
import { savedOf, type ToSave } from './saved-draft.ts';

type Difference = { readonly field: string; readonly mine: string; readonly theirs: string };

const words: Readonly<Record<string, string>> = {
  operationId: 'operation',
  pathParams: 'path parameters',
  bodyKind: 'kind of body',
  parts: 'fields of the body',
  locationId: 'sub-account',
  captures: 'values taken',
};

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value, null, 1);
}

/** What is not the same in the form and in the file, field by field. */
function differences(mine: ToSave, theirs: ToSave): Difference[] {
  const fields = [...new Set([...Object.keys(mine), ...Object.keys(theirs)])] as (keyof ToSave)[];
  return fields
    .map((field) => ({
      field: words[field] ?? field,
      mine: textOf(mine[field]),
      theirs: textOf(theirs[field]),
    }))
    .filter(({ mine, theirs }) => mine !== theirs);
}

/** Both versions of a request that was changed here and outside. Nothing is lost before one is chosen. */
export function ConflictDialog({ onClose }: { readonly onClose: () => void }) {
  const present = useValue(opened);
  const written = useValue(draft);
  const theirs = useQuery({
    queryKey: ['conflict', present?.collection, present?.path],
    queryFn: () =>
      present === null ? null : rpc.collections.read({ collection: present.collection, path: present.path }),
    gcTime: 0,
    staleTime: 0,
  });
  const keep = useMutation({ mutationFn: saveOn, onSuccess: onClose });
  const read = theirs.data ?? null;
  if (present === null) return null;
  const mine = savedOf(written, present.request);
  const rows = read === null ? [] : differences(mine, read.request);
  return (
    <Dialog
      open
      onClose={onClose}
      title={`“${present.name}” was changed here and outside`}
      description="Nothing has been written. Choose which one the file is to hold; the other can be saved under a name of its own first."
      footer={
        <>
          <Button onClick={() => collectionOverlay.set({ kind: 'save-as' })}>Save mine as…</Button>
          <span className="grow" />
          <Button
            disabled={read === null}
            onClick={() => {
              if (read !== null) fill(read);
              onClose();
            }}
          >
            Take the file’s
          </Button>
          <Button
            look="primary"
            busy={keep.isPending}
            disabled={read === null}
            onClick={() => read !== null && keep.mutate(read.revision)}
          >
            Keep mine
          </Button>
        </>
      }
    >
      {theirs.error !== null && <Failure error={theirs.error} />}
      {keep.error !== null && <Failure error={keep.error} />}
      {read !== null && rows.length === 0 && <Note tone="ok">Both say the same.</Note>}
      {rows.length > 0 && (
        <table className="versions">
          <thead>
            <tr>
              <th scope="col">Part</th>
              <th scope="col">Here</th>
              <th scope="col">In the file</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.field}>
                <th scope="row">{row.field}</th>
                <td>
                  <pre>{row.mine === '' ? '–' : row.mine}</pre>
                </td>
                <td>
                  <pre>{row.theirs === '' ? '–' : row.theirs}</pre>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Dialog>
  );
}
