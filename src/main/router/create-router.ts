import type { Core } from '../core/services.ts';
import { answersArea } from './answers.ts';
import { cataloguesArea } from './catalogues.ts';
import { collectionsArea } from './collections.ts';
import { codeArea } from './code.ts';
import { createBuilder, type RouterOptions } from './context.ts';
import { environmentsArea } from './environments.ts';
import { exchangesArea } from './exchanges.ts';
import { forwardingArea } from './forwarding.ts';
import { installArea, tokensArea } from './install.ts';
import { notificationsArea } from './notifications.ts';
import { profilesArea } from './profiles.ts';
import { relationsArea } from './relations.ts';
import { catalogueArea, requestsArea } from './requests.ts';
import { dataRunsArea } from './data-runs.ts';
import { runsArea } from './runs.ts';
import { settingsArea, vaultArea } from './settings.ts';
import { systemArea } from './system.ts';
import { tamperArea } from './tamper.ts';
import { triggersArea } from './triggers.ts';
import { transferArea } from './transfer.ts';
import { simulatorArea } from './simulator.ts';
import { tunnelArea } from './tunnel.ts';
import { webhooksArea } from './webhooks.ts';

export type { RouterOptions } from './context.ts';

/** The contract, answered by the core. Every transport and `hlc` are served by the one router of the run. */
export function createRouter(core: Core, options: RouterOptions) {
  const os = createBuilder(options.log);
  const deps = { os, core, options };
  return os.router({
    system: systemArea(deps),
    settings: settingsArea(deps),
    vault: vaultArea(deps),
    profiles: profilesArea(deps),
    install: installArea(deps),
    tokens: tokensArea(deps),
    exchanges: exchangesArea(deps),
    forwarding: forwardingArea(deps),
    answers: answersArea(deps),
    relations: relationsArea(deps),
    notifications: notificationsArea(deps),
    catalogue: catalogueArea(deps),
    catalogues: cataloguesArea(deps),
    requests: requestsArea(deps),
    environments: environmentsArea(deps),
    collections: collectionsArea(deps),
    code: codeArea(deps),
    runs: runsArea(deps),
    dataRuns: dataRunsArea(deps),
    tunnel: tunnelArea(deps),
    simulator: simulatorArea(deps),
    transfer: transferArea(deps),
    webhooks: webhooksArea(deps),
    triggers: triggersArea(deps),
    tamper: tamperArea(deps),
  });
}

export type CompanionRouter = ReturnType<typeof createRouter>;
