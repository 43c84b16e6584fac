import { useMutation, useQuery } from '@tanstack/react-query';
import { KeyRound, X } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import type { TokenSummary } from '../../../shared/model/token.ts';
import { goInPlace, href } from '../../lib/route.ts';
import { clockTime } from '../../lib/time.ts';
import { useValue } from '../../lib/value.ts';
import { rpc } from '../../platform/connection.ts';
import { keys, queryClient, useTokens } from '../../platform/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Failure } from '../../ui/notes.tsx';
import { cancelMinting, mintMany, mintRun } from './mint-many.ts';
import { mintWords } from './mint-run.ts';

const pageSize = 20;

function MintProgressBar({ token }: { readonly token: TokenSummary }) {
  const run = useValue(mintRun);
  if (run.tokenId !== token.id) return null;
  const { report, running, failures, error } = run;
  const done = report === null ? 0 : report.minted + report.failed;
  const paused = report?.pausedUntil ?? null;
  return (
    <>
      <div className="mint-bar">
        <span role="status">
          {mintWords(run)}
          {running && paused !== null && `; HighLevel’s rate limit is waited out until ${clockTime(paused)}`}
        </span>
        {running && (
          <>
            <progress aria-label="Location tokens minted" max={report?.total ?? 1} value={done} />
            <Button look="quiet" icon={X} onClick={cancelMinting}>
              Cancel minting
            </Button>
          </>
        )}
      </div>
      {error !== null && (
        <div className="inside">
          <Failure error={error} />
        </div>
      )}
      {failures.length > 0 && (
        <ul className="bullets inside">
          {failures.map(({ locationId, problem, exchangeId }) => (
            <li key={locationId}>
              <span className="mono">{locationId}</span>: {problem}{' '}
              {exchangeId !== null && (
                <a className="link" href={href('exchanges', exchangeId)}>
                  See the exchange
                </a>
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function FutureLocations({ token }: { readonly token: TokenSummary }) {
  const queryKey = ['future-locations', token.profileId];
  /** Shown until the answer is there. */
  const [wanted, setWanted] = useState<boolean | null>(null);
  const { data } = useQuery({
    queryKey,
    queryFn: () => rpc.tokens.futureLocations({ profileId: token.profileId }),
  });
  const change = useMutation({
    mutationFn: (mint: boolean) => rpc.tokens.setFutureLocations({ profileId: token.profileId, mint }),
    onSuccess: (answer) => queryClient.setQueryData(queryKey, answer),
    onSettled: () => setWanted(null),
  });
  return (
    <div className="mint-bar">
      <label className="mint-row">
        <input
          type="checkbox"
          checked={wanted ?? data?.mint ?? false}
          disabled={data === undefined || change.isPending}
          onChange={(event) => {
            setWanted(event.currentTarget.checked);
            change.mutate(event.currentTarget.checked);
          }}
        />
        Mint a token for each sub-account whose verified INSTALL webhook arrives
      </label>
      {change.error !== null && <Failure error={change.error} />}
    </div>
  );
}

/** The sub-accounts of the agency in which the app is installed, and tokens for one, several or all of them. */
export function MintLocation({ token }: { readonly token: TokenSummary }) {
  const [query, setQuery] = useState('');
  const [page, setPage] = useState(0);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const { running } = useValue(mintRun);
  const search = useDeferredValue(query.trim());
  const locations = useQuery({
    queryKey: ['locations', token.id, search, page],
    queryFn: () =>
      rpc.tokens.installedLocations({
        id: token.id,
        skip: page * pageSize,
        limit: pageSize,
        ...(search === '' ? {} : { query: search }),
      }),
    placeholderData: (earlier) => earlier,
  });
  const mint = useMutation({
    mutationFn: (locationId: string) => rpc.tokens.mintLocation({ id: token.id, locationId }),
    onSuccess: async (minted) => {
      await queryClient.invalidateQueries({ queryKey: keys.tokens });
      goInPlace('tokens', minted.id);
    },
  });
  const held = new Set((useTokens() ?? []).map((one) => one.locationId));
  const items = locations.data?.items ?? [];
  const count = locations.data?.count ?? 0;
  // HighLevel counts the agency's sub-accounts, whatever is searched for.
  const isLast = items.length < pageSize || (page + 1) * pageSize >= count;
  const approved = new Set(token.approvedLocations);
  const choose = (id: string, on: boolean): void =>
    setChosen(on ? [...chosen, id] : chosen.filter((one) => one !== id));
  const start = (ids: readonly string[] | null): void => {
    setChosen([]);
    void mintMany(token.id, ids);
  };
  return (
    <section className="card" aria-label="Sub-accounts">
      <header>
        <h3>Sub-accounts</h3>
        <span className="faint small">{locations.data === undefined ? '' : `${count} in the agency`}</span>
        <span className="grow" />
        <input
          className="input find"
          type="search"
          aria-label="Search sub-accounts"
          placeholder="Search"
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setPage(0);
          }}
        />
      </header>
      <div className="mint-bar">
        <Button disabled={running || chosen.length === 0} onClick={() => start(chosen)}>
          Mint chosen ({chosen.length})
        </Button>
        <Button look="quiet" disabled={running} onClick={() => start(null)}>
          Mint all that have the app
        </Button>
      </div>
      <MintProgressBar token={token} />
      <FutureLocations token={token} />
      {(locations.error ?? mint.error) !== null && (
        <div className="inside">
          <Failure
            error={locations.error ?? mint.error}
            action={<Button onClick={() => void locations.refetch()}>Try again</Button>}
          />
        </div>
      )}
      {items.length === 0 && locations.error === null ? (
        <p className="quiet-line">
          {locations.isPending
            ? 'Asking HighLevel…'
            : search === ''
              ? 'The agency has no sub-account.'
              : 'No sub-account matches.'}
        </p>
      ) : (
        <ul className="locations">
          {items.map((location) => (
            <li key={location.id}>
              <label className="mint-row">
                <input
                  type="checkbox"
                  checked={chosen.includes(location.id)}
                  disabled={location.isInstalled === false}
                  onChange={(event) => choose(location.id, event.currentTarget.checked)}
                />
                <span className="clip" title={location.address ?? undefined}>
                  {location.name ?? location.id}
                </span>
                {approved.has(location.id) && <span className="tag">approved</span>}
                {held.has(location.id) && <span className="tag">token held</span>}
                {location.isInstalled === false && <span className="tag">not installed</span>}
              </label>
              <span className="mono faint clip" title={location.id}>
                {location.id}
              </span>
              <Button
                icon={KeyRound}
                busy={mint.isPending && mint.variables === location.id}
                disabled={location.isInstalled === false}
                onClick={() => mint.mutate(location.id)}
              >
                {held.has(location.id) ? 'Mint again' : 'Mint location token'}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {(page > 0 || !isLast) && (
        <footer className="pager">
          <Button look="quiet" disabled={page === 0} onClick={() => setPage(page - 1)}>
            Earlier
          </Button>
          <span className="faint small">
            {page * pageSize + 1} to {page * pageSize + items.length}
            {search === '' ? ` of ${count}` : ''}
          </span>
          <Button look="quiet" disabled={isLast} onClick={() => setPage(page + 1)}>
            Later
          </Button>
        </footer>
      )}
    </section>
  );
}
