/** What the window knows of the core: cached answers, renewed by the streams of `live.ts`. */
import { QueryClient, useQuery } from '@tanstack/react-query';
import type { Profile } from '../../shared/model/profile.ts';
import type { SystemStatus } from '../../shared/model/system.ts';
import { idleInstall, type InstallProgress } from '../../shared/model/token.ts';
import { rpc } from './connection.ts';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      retry: false,
      refetchOnWindowFocus: false,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});

export const keys = {
  status: ['status'],
  settings: ['settings'],
  capabilities: ['capabilities'],
  profiles: ['profiles'],
  tokens: ['tokens'],
  install: ['install'],
  answers: ['answers'],
  notifications: ['notifications'],
  collections: ['collections'],
  runs: ['runs'],
  dataRuns: ['data-runs'],
  limits: ['limits'],
  environments: ['environments'],
  waits: ['waits'],
} as const;

export function useStatus(): SystemStatus | undefined {
  return useQuery({ queryKey: keys.status, queryFn: () => rpc.system.status() }).data;
}

export function useCapabilities() {
  return useQuery({ queryKey: keys.capabilities, queryFn: () => rpc.system.capabilities() }).data;
}

export function useSettings() {
  return useQuery({ queryKey: keys.settings, queryFn: () => rpc.settings.get() }).data;
}

export function useProfiles(): readonly Profile[] | undefined {
  return useQuery({ queryKey: keys.profiles, queryFn: () => rpc.profiles.list() }).data;
}

/** The profile the window shows; null when there is none yet; undefined while that is not known. */
export function useActiveProfile(): Profile | null | undefined {
  const profiles = useProfiles();
  const settings = useSettings();
  if (profiles === undefined || settings === undefined) return undefined;
  return profiles.find((one) => one.id === settings.activeProfile) ?? profiles[0] ?? null;
}

export function useTokens() {
  return useQuery({ queryKey: keys.tokens, queryFn: () => rpc.tokens.list({}) }).data;
}

/** Filled by the stream alone: there is nothing to ask for. */
export function useInstallProgress(): InstallProgress {
  return useQuery({ queryKey: keys.install, queryFn: () => idleInstall, initialData: idleInstall }).data;
}

export function useAddresses(id: Profile['id'] | undefined) {
  return useQuery({
    queryKey: ['addresses', id],
    queryFn: () => (id === undefined ? null : rpc.profiles.addresses({ id })),
    enabled: id !== undefined,
  }).data;
}

export function useChecklist(id: Profile['id'] | undefined) {
  return useQuery({
    queryKey: ['checklist', id],
    queryFn: () => (id === undefined ? [] : rpc.profiles.checklist({ id })),
    enabled: id !== undefined,
    placeholderData: (earlier) => earlier,
  }).data;
}

export function useExchange(id: string | null) {
  return useQuery({
    queryKey: ['exchange', id],
    queryFn: () => (id === null ? null : rpc.exchanges.get({ id })),
    enabled: id !== null,
  });
}
