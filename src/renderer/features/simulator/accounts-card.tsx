import { useMutation } from '@tanstack/react-query';
import { ArrowUpCircle, Pause, Play, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { SimulatorLocation, SimulatorView } from '../../../shared/model/simulator.ts';
import { rpc } from '../../platform/connection.ts';
import { Button } from '../../ui/button.tsx';
import { CopyField } from '../../ui/copy-field.tsx';
import { Failure, Note } from '../../ui/notes.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { Act } from './use-simulator.ts';

type AccountsProps = { readonly view: SimulatorView; readonly act: Act };

function AccountRow({ location, act }: { readonly location: SimulatorLocation; readonly act: Act }) {
  const { id, name, active, installedAt } = location;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="mono">{id}</td>
      <td>{location.contacts.toLocaleString('en')}</td>
      <td>{active ? (installedAt === null ? 'Not installed' : 'Installed') : 'Paused'}</td>
      <td className="sim-do">
        <Button
          look="quiet"
          icon={active ? Pause : Play}
          disabled={act.isPending}
          aria-label={active ? `Pause ${name}` : `Resume ${name}`}
          title={active ? 'Refuses refreshes, as an unpaid account does' : undefined}
          onClick={() =>
            act.mutate({
              action: { do: 'pause', locationId: id, active: !active },
              said: active ? `${name} is paused` : `${name} is active`,
            })
          }
        />
        <Button
          look="quiet danger"
          icon={Trash2}
          disabled={act.isPending || installedAt === null}
          aria-label={`Uninstall from ${name}`}
          title="The account uninstalls the app: UNINSTALL is sent"
          onClick={() =>
            act.mutate({ action: { do: 'uninstall', locationId: id }, said: `Uninstalled from ${name}` })
          }
        />
      </td>
    </tr>
  );
}

/** A private integration token is shown once, as HighLevel does. */
function PrivateToken({ view }: { readonly view: SimulatorView }) {
  const [account, setAccount] = useState('');
  const make = useMutation({
    mutationFn: () =>
      rpc.simulator.privateToken({ scopes: view.scopes, ...(account !== '' && { locationId: account }) }),
    gcTime: 0,
  });
  return (
    <>
      <div className="sim-form">
        <SelectField
          label="Private integration token of"
          value={account}
          options={[
            { value: '', label: `${view.company.name} (agency)` },
            ...view.locations.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={setAccount}
        />
        <Button busy={make.isPending} onClick={() => make.mutate()}>
          Make token
        </Button>
      </div>
      {make.error !== null && <Failure error={make.error} />}
      {make.data !== undefined && (
        <Note tone="ok" role="status">
          <p>With all scopes of the app. It is shown this once.</p>
          <CopyField text={make.data.token} what="private integration token" oneLine />
        </Note>
      )}
    </>
  );
}

export function AccountsCard({ view, act }: AccountsProps) {
  const installed = view.locations.filter(({ installedAt }) => installedAt !== null);
  const [plan, setPlan] = useState('pro');
  const [chosen, setChosen] = useState('');
  const account = installed.find(({ id }) => id === chosen) ?? installed[0];
  return (
    <section className="card" aria-label="Its accounts">
      <header>
        <h2>Accounts of {view.company.name}</h2>
        <span className="grow" />
        <Button
          icon={ArrowUpCircle}
          disabled={act.isPending || installed.length === 0}
          title="A new version of the app goes live: UPDATE for every install"
          onClick={() => act.mutate({ action: { do: 'version' }, said: 'The app has a new version' })}
        >
          Update version
        </Button>
        <Button
          look="danger"
          disabled={act.isPending || (installed.length === 0 && !view.agencyInstalled)}
          onClick={() => act.mutate({ action: { do: 'uninstall' }, said: 'Uninstalled everywhere' })}
        >
          Uninstall everywhere
        </Button>
      </header>
      <div className="inside stack">
        <div className="sim-scroll">
          <table className="facts-table" aria-label="Sub-accounts">
            <thead>
              <tr>
                <th scope="col">Sub-account</th>
                <th scope="col">Location id</th>
                <th scope="col">Contacts</th>
                <th scope="col">App</th>
                <th scope="col" className="sim-do">
                  Actions
                </th>
              </tr>
            </thead>
            <tbody>
              {view.locations.map((location) => (
                <AccountRow key={location.id} location={location} act={act} />
              ))}
            </tbody>
          </table>
        </div>
        {account !== undefined && (
          <form
            className="sim-form"
            onSubmit={(event) => {
              event.preventDefault();
              act.mutate({
                action: { do: 'plan', locationId: account.id, planId: plan.trim() },
                said: `${account.name} has the plan ${plan.trim()}`,
              });
            }}
          >
            <SelectField
              label="Plan of"
              value={account.id}
              options={installed.map(({ id, name }) => ({ value: id, label: name }))}
              onChange={setChosen}
            />
            <TextField label="Plan id" value={plan} onChange={setPlan} mono required />
            <Button submit disabled={act.isPending || plan.trim() === ''}>
              Change plan
            </Button>
          </form>
        )}
        <PrivateToken view={view} />
      </div>
    </section>
  );
}
