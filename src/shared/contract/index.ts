import { answers } from './answers.ts';
import { environments } from './environments.ts';
import { catalogues } from './catalogues.ts';
import { collections } from './collections.ts';
import { code } from './code.ts';
import { exchanges } from './exchanges.ts';
import { forwarding } from './forwarding.ts';
import { install, tokens } from './install.ts';
import { notifications } from './notifications.ts';
import { profiles } from './profiles.ts';
import { relations } from './relations.ts';
import { catalogue, requests } from './requests.ts';
import { dataRuns } from './data-runs.ts';
import { runs } from './runs.ts';
import { simulator } from './simulator.ts';
import { settings, system, tunnel, vault } from './system.ts';
import { tamper } from './tamper.ts';
import { triggers } from './triggers.ts';
import { transfer } from './transfer.ts';
import { webhooks } from './webhooks.ts';

/** Everything the window and the command line may ask of the core. */
export const contract = {
  system,
  settings,
  vault,
  profiles,
  install,
  tokens,
  exchanges,
  forwarding,
  answers,
  relations,
  notifications,
  catalogue,
  catalogues,
  requests,
  environments,
  collections,
  code,
  runs,
  dataRuns,
  tunnel,
  simulator,
  transfer,
  webhooks,
  triggers,
  tamper,
};
export type Contract = typeof contract;
