import { useQuery } from '@tanstack/react-query';
import { CodeXml } from 'lucide-react';
import { codeLanguages, type CodeWish } from '../../../shared/model/code.ts';
import type { RequestDraft } from '../../../shared/model/request.ts';
import { go } from '../../lib/route.ts';
import { createValue, useValue } from '../../lib/value.ts';
import { useView, view } from '../../lib/view-state.ts';
import { rpc } from '../../platform/connection.ts';
import { toProblem } from '../../platform/problem.ts';
import { Button } from '../../ui/button.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { CopyButton } from '../../ui/copy-field.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Note } from '../../ui/notes.tsx';
import './code-dialog.css';

const open = createValue(false);
export const showCode = (): void => {
  go('requests');
  open.set(true);
};

/** The request being written as a program in the language chosen last, and the button that shows it. */
export function CodeButton({ request }: { readonly request: RequestDraft }) {
  const isOpen = useValue(open);
  return (
    <>
      <Button
        look="quiet"
        icon={CodeXml}
        title="Code for this request"
        aria-label="Code"
        onClick={showCode}
      />
      <Dialog
        open={isOpen}
        onClose={() => open.set(false)}
        title="Code for this request"
        description="The same request from a program of yours. Its token is read from the environment variable HIGHLEVEL_TOKEN."
        footer={
          <Button look="primary" onClick={() => open.set(false)}>
            Done
          </Button>
        }
      >
        {isOpen && <Code request={request} />}
      </Dialog>
    </>
  );
}

function Code({ request }: { readonly request: RequestDraft }) {
  const chosen = useView((state) => state.code);
  const language = codeLanguages.find(({ id }) => id === chosen.language) ?? codeLanguages[0];
  const wish: CodeWish = {
    draft: request,
    language: language.id,
    variables: chosen.named ? 'named' : 'filled',
  };
  const { data, error } = useQuery({
    queryKey: ['code', wish],
    queryFn: () => rpc.code.write(wish),
    placeholderData: (earlier) => earlier,
  });
  const problem = error === null ? null : toProblem(error);
  return (
    <div className="code-dialog">
      <div className="code-choice">
        <select
          className="input"
          aria-label="Language"
          value={language.id}
          onChange={(event) => view.set({ code: { ...chosen, language: event.currentTarget.value } })}
        >
          {codeLanguages.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
        <CheckField
          label="Leave {{variables}} as they are"
          checked={chosen.named}
          onChange={(named) => view.set({ code: { ...chosen, named } })}
        />
        <span className="grow" />
        {problem === null && data !== undefined && (
          <CopyButton text={data.code} what={`${language.label} code`} />
        )}
      </div>
      {problem !== null ? (
        <Note tone="bad" role="alert">
          {problem.message} {problem.remedy !== null && <span className="muted">{problem.remedy}</span>}
        </Note>
      ) : (
        <>
          <textarea
            className="written-code"
            aria-label={`Request in ${language.label}`}
            readOnly
            wrap="off"
            spellCheck={false}
            value={data?.code ?? 'Writing…'}
          />
          {data?.notes.map((note) => (
            <p className="small muted" key={note}>
              {note}
            </p>
          ))}
        </>
      )}
    </div>
  );
}
