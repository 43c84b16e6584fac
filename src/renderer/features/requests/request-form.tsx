import { useQuery } from '@tanstack/react-query';
import { Send, Square } from 'lucide-react';
import { useState } from 'react';
import type { Profile } from '../../../shared/model/profile.ts';
import type { OperationDetail, RequestDraft } from '../../../shared/model/request.ts';
import { rpc } from '../../platform/connection.ts';
import { toProblem } from '../../platform/problem.ts';
import { useTokens } from '../../platform/queries.ts';
import { modifier } from '../../lib/shortcuts.ts';
import { useDelayed } from '../../lib/use-delayed.ts';
import { Button } from '../../ui/button.tsx';
import { Note } from '../../ui/notes.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { tokenName } from '../tokens/token-row.ts';
import { BodyEditor } from './body-editor.tsx';
import { change, methods, paramsOf, toRequest, type Draft } from './draft.ts';
import { PairsTable } from './pairs-table.tsx';

type RequestFormProps = {
  readonly profile: Profile;
  readonly written: Draft;
  readonly operation: OperationDetail | undefined;
  readonly sending: boolean;
  readonly onSend: () => void;
  readonly onCancel: () => void;
};

const previewDelayMs = 250;

function usePreview(request: RequestDraft) {
  const settled = useDelayed(JSON.stringify(request), previewDelayMs);
  return useQuery({
    queryKey: ['preview', settled],
    queryFn: () => rpc.requests.preview(JSON.parse(settled) as RequestDraft),
    placeholderData: (earlier) => earlier,
  });
}

function TokenChoice({ profile, written }: { readonly profile: Profile; readonly written: Draft }) {
  const tokens = (useTokens() ?? []).filter((token) => token.profileId === profile.id);
  return (
    <select
      className="input"
      aria-label="Token"
      value={written.tokenId ?? ''}
      onChange={(event) => {
        const chosen = tokens.find((token) => token.id === event.currentTarget.value);
        change({ tokenId: chosen?.id ?? null });
      }}
    >
      <option value="">Token: chosen for the operation</option>
      {tokens.map((token) => (
        <option key={token.id} value={token.id}>
          {token.userType === 'Company' ? 'Agency' : 'Sub-account'}: {tokenName(token)}
        </option>
      ))}
    </select>
  );
}

/** The token that would be used and why, and what stands in the way. */
function Preview({ request }: { readonly request: RequestDraft }) {
  const { data, error } = usePreview(request);
  if (error !== null) {
    const problem = toProblem(error);
    return (
      <Note tone="warn">
        {problem.message} {problem.remedy !== null && <span className="muted">{problem.remedy}</span>}
      </Note>
    );
  }
  if (data === undefined) return <p className="faint small">…</p>;
  return (
    <>
      <p className="small muted preview-line">
        <span className="mono" title={data.url}>
          {data.url}
        </span>
        <span>{data.tokenReason}</span>
      </p>
      {data.warnings.map((warning) => (
        <Note key={warning} tone="warn">
          {warning}
        </Note>
      ))}
    </>
  );
}

function PathParams({ written }: { readonly written: Draft }) {
  const names = paramsOf(written.path);
  if (names.length === 0) return <p className="quiet-line">The path asks for nothing.</p>;
  return (
    <div className="pairs">
      {names.map((name) => (
        <div className="pair two" key={name}>
          <label className="mono" htmlFor={`path-${name}`}>
            {name}
          </label>
          <input
            id={`path-${name}`}
            className="input mono"
            spellCheck={false}
            value={written.pathParams[name] ?? ''}
            placeholder="required"
            onChange={(event) =>
              change({ pathParams: { ...written.pathParams, [name]: event.currentTarget.value } })
            }
          />
        </div>
      ))}
    </div>
  );
}

function OperationFacts({ operation }: { readonly operation: OperationDetail }) {
  return (
    <div className="operation-facts">
      <span className="strong">{operation.summary}</span>
      {operation.access.map((access) => (
        <span className="tag" key={access}>
          {access}
        </span>
      ))}
      {operation.version !== null && <span className="tag">Version {operation.version}</span>}
      {operation.scopes.map((scope) => (
        <span className="tag" key={scope}>
          {scope}
        </span>
      ))}
      {operation.deprecated && <span className="tag warn">deprecated</span>}
    </div>
  );
}

export function RequestForm({ profile, written, operation, sending, onSend, onCancel }: RequestFormProps) {
  const [tab, setTab] = useState('query');
  const params = paramsOf(written.path);
  const on = written.query.filter((one) => one.on).length;
  return (
    <section className="pane" aria-label="Request">
      <form
        className="request-line"
        onSubmit={(event) => {
          event.preventDefault();
          onSend();
        }}
      >
        <select
          className={`input mono method ${written.method}`}
          aria-label="Method"
          value={written.method}
          onChange={(event) => change({ method: event.currentTarget.value, operationId: null })}
        >
          {methods.map((method) => (
            <option key={method}>{method}</option>
          ))}
        </select>
        <input
          className="input mono"
          aria-label="Path"
          value={written.path}
          spellCheck={false}
          onChange={(event) => change({ path: event.currentTarget.value })}
        />
        {sending ? (
          <Button icon={Square} onClick={onCancel}>
            Cancel
          </Button>
        ) : (
          <Button look="primary" icon={Send} submit title={`Send (${modifier}+Enter)`}>
            Send
          </Button>
        )}
      </form>
      <div className="request-head">
        {operation !== undefined && <OperationFacts operation={operation} />}
        <TokenChoice profile={profile} written={written} />
        <Preview request={toRequest(written, profile.id)} />
      </div>
      <Tabs
        label="Parts of the request"
        value={tab}
        onChange={setTab}
        tabs={[
          {
            id: 'query',
            label: 'Query',
            count: on,
            content: (
              <div className="scroll">
                <PairsTable
                  what="Query parameter"
                  pairs={written.query}
                  onChange={(query) => change({ query })}
                />
              </div>
            ),
          },
          {
            id: 'path',
            label: 'Path',
            count: params.length,
            content: (
              <div className="scroll">
                <PathParams written={written} />
              </div>
            ),
          },
          {
            id: 'body',
            label: 'Body',
            content: (
              <BodyEditor value={written.body} onChange={(body) => change({ body })} onSend={onSend} />
            ),
          },
          {
            id: 'headers',
            label: 'Headers',
            count: written.headers.filter((one) => one.on).length,
            content: (
              <div className="scroll">
                <p className="quiet-line">Authorization, Version and Accept are set by the companion.</p>
                <PairsTable
                  what="Header"
                  pairs={written.headers}
                  onChange={(headers) => change({ headers })}
                />
              </div>
            ),
          },
        ]}
      />
    </section>
  );
}
