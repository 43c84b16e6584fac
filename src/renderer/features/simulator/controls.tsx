import { Failure } from '../../ui/notes.tsx';
import { AccountsCard } from './accounts-card.tsx';
import { DataCard } from './data-card.tsx';
import { DeliveriesCard } from './deliveries-card.tsx';
import { EventsCard, FaultsCard, SwitchesCard } from './rules-card.tsx';
import { TimeCard } from './time-card.tsx';
import { useAct, useSimulatorView } from './use-simulator.ts';
import './simulator.css';

/** Everything that can be done to the running simulator. */
export function Controls() {
  const { data: view, error } = useSimulatorView();
  const act = useAct();
  if (view === undefined) {
    return error === null ? <p className="muted">Asking the simulator…</p> : <Failure error={error} />;
  }
  return (
    <>
      {act.error !== null && <Failure error={act.error} />}
      <TimeCard view={view} act={act} />
      <DeliveriesCard view={view} act={act} />
      <AccountsCard view={view} act={act} />
      <DataCard view={view} act={act} />
      <FaultsCard view={view} act={act} />
      <EventsCard view={view} act={act} />
      <SwitchesCard view={view} act={act} />
    </>
  );
}
