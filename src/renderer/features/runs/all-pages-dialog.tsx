import { useMutation, useQuery } from '@tanstack/react-query';
import { Eye, ListEnd } from 'lucide-react';
import { useState } from 'react';
import type { RequestDraft } from '../../../shared/model/request.ts';
import { runStart, type FirstPage, type RunStart } from '../../../shared/model/run.ts';
import { href } from '../../lib/route.ts';
import { createValue, useValue } from '../../lib/value.ts';
import { run as attempt } from '../../platform/actions.ts';
import { rpc } from '../../platform/connection.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Failure, Note } from '../../ui/notes.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { choiceOf, choices, foundWords, pagingFrom, sizeFields } from './paging-words.ts';
import { counted } from './run-words.ts';
import { showRun } from './chosen-run.ts';

/** The request whose list is to be read; null while the dialog is closed. */
export const allPages = createValue<RequestDraft | null>(null);

const none = 'none';

/** What the first page holds: its lists to choose the rows from, and what asks for the next page. */
function Look({ page, onRows }: { readonly page: FirstPage; readonly onRows: (path: string) => void }) {
  const { problem, lists, rowsPath, total, paging, next } = page;
  return (
    <div className="look" role="status">
      {problem !== null && <Note tone="bad">{problem}</Note>}
      {lists.length > 0 && (
        <ul className="look-lists" aria-label="Lists in the answer">
          {lists.map(({ path, rows, first }) => (
            <li key={path}>
              <button
                type="button"
                className="look-list"
                aria-pressed={path === rowsPath}
                onClick={() => onRows(path)}
              >
                <span className="mono">{path === '' ? 'the answer itself' : path}</span>
                <span className="muted small">{counted(rows, 'row')}</span>
                <span className="mono muted small">{first}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <p className="small muted">
        {total !== null && `${counted(total, 'row')} in all. `}
        {paging !== null && next !== null && (
          <>
            Next page by {paging.style}: <span className="mono">{next}</span>.{' '}
          </>
        )}
        {problem === null && next === null && 'The list ends with this page. '}
        <a className="link" href={href('exchanges', page.exchangeId)}>
          Answer
        </a>
      </p>
    </div>
  );
}

function AllPages({ draft }: { readonly draft: RequestDraft }) {
  const close = (): void => allPages.set(null);
  const found = useQuery({
    queryKey: ['paging', JSON.stringify(draft)],
    queryFn: () => rpc.runs.detect(draft),
    gcTime: 0,
  });
  const [style, setStyle] = useState('');
  const [sizeField, setSizeField] = useState<string | null>(null);
  const [pageSize, setPageSize] = useState('100');
  const [rowsPath, setRowsPath] = useState<string | null>(null);
  const detected = found.data?.paging ?? null;
  const size = sizeField ?? detected?.sizeField ?? (style === '' ? none : 'limit');
  const typedSize = runStart.shape.pageSize.safeParse(Number(pageSize));
  const isOwn = style !== '' || sizeField !== null;
  const input: RunStart = {
    draft,
    paging: isOwn ? pagingFrom(style === '' && detected !== null ? choiceOf(detected) : style, size) : null,
    pageSize: typedSize.success ? typedSize.data : 100,
    rowsPath,
  };
  const look = useMutation({ mutationFn: (wanted: RunStart) => rpc.runs.look(wanted) });
  const start = (): void =>
    attempt(async () => {
      showRun((await rpc.runs.start(input)).id);
      close();
    });
  return (
    <Dialog
      open
      onClose={close}
      title="All pages"
      description="Reads the list to its end, below the rate limit, and keeps every row once."
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button look="primary" icon={ListEnd} disabled={!typedSize.success} onClick={start}>
            Read all pages
          </Button>
        </>
      }
    >
      {found.error !== null && <Failure error={found.error} />}
      {found.data !== undefined && <p className="small muted">{foundWords(found.data)}</p>}
      <div className="paging-fields">
        <SelectField
          label="Pages by"
          value={style}
          options={[
            {
              value: '',
              label:
                detected === null
                  ? 'As its answer tells'
                  : `Found: ${detected.style} in the ${detected.place}`,
            },
            ...choices,
          ]}
          onChange={setStyle}
        />
        <SelectField
          label="Size field"
          value={size}
          options={[
            { value: none, label: 'None' },
            ...sizeFields.map((field) => ({ value: field as string, label: field as string })),
          ]}
          onChange={setSizeField}
        />
        <TextField
          label="Rows a page"
          mono
          value={pageSize}
          hint={typedSize.success ? undefined : 'A whole number from 1 to 1,000.'}
          onChange={setPageSize}
        />
      </div>
      <TextField
        label="Path of the rows"
        mono
        value={rowsPath ?? ''}
        placeholder="the longest list in the answer"
        hint="With dots, as in data.items."
        onChange={(text) => setRowsPath(text.trim() === '' ? null : text.trim())}
      />
      <div className="line">
        <Button icon={Eye} disabled={look.isPending} onClick={() => look.mutate(input)}>
          Look at the first page
        </Button>
        <span className="faint small">Sends the request once.</span>
      </div>
      {look.error !== null && <Failure error={look.error} />}
      {look.data !== undefined && (
        <Look
          page={{ ...look.data, rowsPath: rowsPath ?? look.data.rowsPath }}
          onRows={(path) => setRowsPath(path)}
        />
      )}
    </Dialog>
  );
}

export function AllPagesDialog() {
  const draft = useValue(allPages);
  return draft === null ? null : <AllPages draft={draft} />;
}
