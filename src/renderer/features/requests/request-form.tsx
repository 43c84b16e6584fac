import { useQuery } from '@tanstack/react-query';
import { Send, Square, SquareTerminal } from 'lucide-react';
import { useState } from 'react';
import { paramWords } from '../../../shared/highlevel/param-words.ts';
import { apiVersions } from '../../../shared/highlevel/versions.ts';
import type { Profile } from '../../../shared/model/profile.ts';
import type { OperationDetail, RequestDraft } from '../../../shared/model/request.ts';
import { rpc } from '../../platform/connection.ts';
import { toProblem } from '../../platform/problem.ts';
import { useTokens } from '../../platform/queries.ts';
import { toast } from '../../lib/notices.ts';
import { goInPlace } from '../../lib/route.ts';
import { modifier } from '../../lib/shortcuts.ts';
import { useDelayed } from '../../lib/use-delayed.ts';
import { Button } from '../../ui/button.tsx';
import { Note } from '../../ui/notes.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { RunMenu } from '../runs/run-menu.tsx';
import { AfterAnswerTab } from '../variables/after-answer-tab.tsx';
import { EnvironmentChoice } from '../variables/environment-choice.tsx';
import { KnownVariables } from '../variables/known-variables.tsx';
import { VariableInput } from '../variables/variable-input.tsx';
import { tokenName } from '../tokens/token-row.ts';
import { withHidden } from '../collections/opened.ts';
import { CollectionDialogs } from '../collections/collection-dialogs.tsx';
import { SaveControls, SavedMark } from '../collections/save-controls.tsx';
import { BodyTab } from './body-tab.tsx';
import { CodeButton } from './code-dialog.tsx';
import { change, methods, paramsOf, toRequest, withoutFiles, type Draft } from './draft.ts';
import { fillFromCurl, PasteCurl, pasteCurl } from './paste-curl.tsx';
import { PairsTable, type KnownPair } from './pairs-table.tsx';
import { Reinstall } from './reinstall.tsx';
import { ValueMenu } from './value-menu.tsx';
import { SettingsTab, settingsChanged } from './settings-tab.tsx';

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
function Preview({ request, profile }: { readonly request: RequestDraft; readonly profile: Profile }) {
  const { data, error } = usePreview(request);
  const token = useTokens()?.find(({ id }) => id === data?.tokenId);
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
      {data.missingScopes.length > 0 && token?.source !== 'pit' && (
        <Reinstall profile={profile} scopes={data.missingScopes} />
      )}
    </>
  );
}

type PathParamsProps = { readonly written: Draft; readonly operation: OperationDetail | undefined };

function PathParams({ written, operation }: PathParamsProps) {
  const names = paramsOf(written.path);
  if (names.length === 0) return <p className="quiet-line">The path asks for nothing.</p>;
  return (
    <div className="pairs">
      {names.map((name) => (
        <div className="pair two" key={name}>
          <label className="mono" htmlFor={`path-${name}`} title={paramWords(name)}>
            {name}
          </label>
          <VariableInput
            id={`path-${name}`}
            value={written.pathParams[name] ?? ''}
            values={valuesOf(operation, name) ?? []}
            placeholder="required"
            aria-required
            onChange={(value) => change({ pathParams: { ...written.pathParams, [name]: value } })}
          />
          <ValueMenu
            name={name}
            values={valuesOf(operation, name)}
            onChoose={(value) => change({ pathParams: { ...written.pathParams, [name]: value } })}
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

function valuesOf(operation: OperationDetail | undefined, name: string): readonly string[] | null {
  return operation?.params.find((one) => one.in === 'path' && one.name === name)?.values ?? null;
}

/** The part that an operation asks most of: its body, else its query, else its path. */
function firstTab({ bodyKind, query, path }: Draft): string {
  if (bodyKind !== 'none') return 'body';
  return query.length === 0 && paramsOf(path).length > 0 ? 'path' : 'query';
}

function knownIn(
  operation: OperationDetail | undefined,
  place: 'query' | 'header',
): ReadonlyMap<string, KnownPair> {
  return new Map((operation?.params ?? []).filter((one) => one.in === place).map((one) => [one.name, one]));
}

/** The operation's headers, and the one whose values are known of every operation. */
function knownHeaders(operation: OperationDetail | undefined): ReadonlyMap<string, KnownPair> {
  const version = { required: false, values: apiVersions.map(({ value }) => value), type: 'string' };
  return new Map([['Version', version], ...knownIn(operation, 'header')]);
}

export function RequestForm(props: RequestFormProps) {
  return (
    <KnownVariables request={withoutFiles(toRequest(props.written, props.profile.id))}>
      <Form {...props} />
    </KnownVariables>
  );
}

function Form({ profile, written, operation, sending, onSend, onCancel }: RequestFormProps) {
  const [tab, setTab] = useState(() => firstTab(written));
  const [shownFor, setShownFor] = useState(written.operationId);
  // An operation opens on what it asks for.
  if (shownFor !== written.operationId) {
    setShownFor(written.operationId);
    setTab(firstTab(written));
  }
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
          onChange={(event) => {
            change({ method: event.currentTarget.value, operationId: null });
            goInPlace('requests', null);
          }}
        >
          {methods.map((method) => (
            <option key={method}>{method}</option>
          ))}
        </select>
        <VariableInput
          aria-label="Path"
          value={written.path}
          onChange={(path) => change({ path })}
          onPaste={(event) => {
            const text = event.clipboardData.getData('text');
            if (!/^\s*curl\s/.test(text)) return;
            event.preventDefault();
            void fillFromCurl(text).catch((error: unknown) =>
              toast(error instanceof Error ? error.message : String(error)),
            );
          }}
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
      <CollectionDialogs />
      <div className="request-head">
        <div className="operation-line">
          <div className="operation-names">
            <SavedMark />
            {operation !== undefined && <OperationFacts operation={operation} />}
          </div>
          <Button
            look="quiet"
            icon={SquareTerminal}
            title="Paste cURL"
            aria-label="Paste cURL"
            onClick={pasteCurl}
          />
          <PasteCurl />
          <CodeButton request={withoutFiles(toRequest(written, profile.id))} />
          <SaveControls />
          <RunMenu request={() => withHidden(toRequest(written, profile.id))} />
        </div>
        <div className="token-line">
          <TokenChoice profile={profile} written={written} />
          <EnvironmentChoice profile={profile} />
        </div>
        <Preview request={withoutFiles(toRequest(written, profile.id))} profile={profile} />
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
                  known={knownIn(operation, 'query')}
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
                <PathParams written={written} operation={operation} />
              </div>
            ),
          },
          {
            id: 'body',
            label: 'Body',
            content: <BodyTab written={written} operation={operation} onSend={onSend} />,
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
                  known={knownHeaders(operation)}
                  onChange={(headers) => change({ headers })}
                />
              </div>
            ),
          },
          {
            id: 'after',
            label: 'Tests',
            count: written.captures.length + written.checks.length,
            content: <AfterAnswerTab written={written} />,
          },
          {
            id: 'settings',
            label: 'Settings',
            count: settingsChanged(written.settings),
            content: <SettingsTab settings={written.settings} />,
          },
        ]}
      />
    </section>
  );
}
