/**
 * A companion in a process of its own, to be killed: `refresh-companion DATA_DIR READS_FILE TIMEOUT_MS`. Each refresh
 * whose answer it has read is written to READS_FILE at that very moment, before anything else can happen.
 */
import { openSync, writeSync } from 'node:fs';
import { createCore } from '../src/main/core/create-core.ts';
import type { Log } from '../src/main/core/ports.ts';
import { createNodePorts } from '../src/main/hosts/node/create-node-ports.ts';
import { AppError } from '../src/shared/model/app-error.ts';
import type { ProfileId, TokenId } from '../src/shared/model/ids.ts';
import type { LineageEvent } from '../src/shared/model/token.ts';

export type CompanionMessage =
  | { readonly kind: 'add'; readonly url: string }
  | { readonly kind: 'begin'; readonly profileId: ProfileId }
  | { readonly kind: 'mint'; readonly id: TokenId; readonly locationIds: readonly string[] }
  | { readonly kind: 'refresh'; readonly id: TokenId }
  | { readonly kind: 'tokens' }
  | {
      readonly kind: 'call';
      readonly profileId: ProfileId;
      readonly locationId: string;
      readonly times: number;
    }
  | { readonly kind: 'stop' };

export type HeldToken = {
  readonly id: TokenId;
  readonly locationId: string | null;
  readonly userType: string;
  readonly status: string;
  readonly problem: string | null;
  readonly losses: number;
  readonly events: readonly LineageEvent[];
  /** The status with which HighLevel refused it for good, where it did. */
  readonly refusedWith: number | null;
};

const [dataDir = '', readsFile = '', timeout = '1000'] = process.argv.slice(2);
const reads = openSync(readsFile, 'a');
const log: Log = (level, message, fields) => {
  if (message === 'A refresh was answered and read.') writeSync(reads, `${JSON.stringify(fields)}\n`);
  if (level === 'error') console.error(message, fields ?? '');
};
const hostEntry = new URL('../src/main/hosts/cli/main.ts', import.meta.url).href;
// As a command, so that nothing is refreshed but what the bench asks for.
const ports = createNodePorts({ host: 'cli', dataDir, hostEntry, log, env: {} });
const core = await createCore(ports, { ingressPort: 0, tokenTimeoutMs: Number(timeout) });

async function held(): Promise<HeldToken[]> {
  return Promise.all(
    core.tokens.list().map(async ({ id, locationId, userType, status, problem }) => {
      const { events, unavoidableLosses: losses } = core.tokens.lineage(id);
      const died = events.findLast(({ kind }) => kind === 'died');
      const refusal =
        died === undefined || died.exchangeId === null ? null : await core.exchanges.get(died.exchangeId);
      return {
        id,
        locationId,
        userType,
        status,
        problem,
        losses,
        events,
        refusedWith: refusal?.status ?? null,
      };
    }),
  );
}

async function answer(message: CompanionMessage): Promise<object> {
  switch (message.kind) {
    case 'add':
      return core.profiles.addSimulator(message.url);
    case 'begin':
      return core.install.begin(message.profileId, { openBrowser: false });
    case 'mint':
      for (const locationId of message.locationIds) await core.tokens.mintLocation(message.id, locationId);
      return {};
    case 'refresh':
      return core.tokens.refresh(message.id).then(
        () => ({ ok: true }),
        (error: unknown) => ({ ok: false, code: error instanceof AppError ? error.code : String(error) }),
      );
    case 'tokens':
      return { tokens: await held() };
    case 'call': {
      const { profileId, locationId, times } = message;
      const query = [{ name: 'locationId', value: locationId }];
      const draft = { profileId, method: 'GET', path: '/contacts/', query };
      const results = await Promise.all(Array.from({ length: times }, () => core.requests.send(draft)));
      return { statuses: results.map(({ status }) => status) };
    }
    case 'stop':
      await core.dispose();
      process.disconnect();
      return {};
  }
}

process.on('message', (message: CompanionMessage) => {
  void answer(message).then((result) => process.connected && process.send?.(result));
});
process.send?.({ port: core.ingress.status().port ?? 0 });
