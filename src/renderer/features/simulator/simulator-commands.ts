import { Camera, FastForward, ShieldCheck, type LucideIcon } from 'lucide-react';
import type { SimulatorAction } from '../../../shared/model/simulator.ts';
import { announce } from '../../lib/notices.ts';
import { run } from '../../platform/actions.ts';
import { rpc } from '../../platform/connection.ts';
import { showSimulator } from './use-simulator.ts';

const entries: readonly {
  readonly id: string;
  readonly name: string;
  readonly icon: LucideIcon;
  readonly action: SimulatorAction;
}[] = [
  {
    id: 'simulator-day',
    name: 'Move the simulator one day ahead',
    icon: FastForward,
    action: { do: 'advance', ms: 86_400_000 },
  },
  {
    id: 'simulator-keep',
    name: 'Keep a snapshot of the simulator',
    icon: Camera,
    action: { do: 'keep', name: 'From the palette' },
  },
  {
    id: 'simulator-heal',
    name: 'Remove all faults of the simulator',
    icon: ShieldCheck,
    action: { do: 'faults', faults: [] },
  },
];

/** For the palette, while the simulator runs. */
export const simulatorCommands = entries.map(({ action, ...entry }) => ({
  ...entry,
  group: 'Actions' as const,
  run: () =>
    run(async () => {
      showSimulator(await rpc.simulator.act(action));
      announce(`${entry.name}: done`);
    }),
}));
