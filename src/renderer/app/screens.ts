/** The screens in the order of the navigation, with the keys that go there. */
import {
  AppWindow,
  ArrowRightLeft,
  ArrowRight,
  Cpu,
  CircleQuestionMark,
  Download,
  House,
  KeyRound,
  SlidersHorizontal,
  Webhook,
  type LucideIcon,
} from 'lucide-react';
import type { Screen } from '../lib/route.ts';

export type ScreenEntry = {
  readonly screen: Screen;
  readonly name: string;
  readonly icon: LucideIcon;
  readonly keys: string;
};

export const mainScreens: readonly ScreenEntry[] = [
  { screen: 'home', name: 'Home', icon: House, keys: 'g h' },
  { screen: 'app', name: 'App', icon: AppWindow, keys: 'g a' },
  { screen: 'install', name: 'Install', icon: Download, keys: 'g i' },
  { screen: 'tokens', name: 'Tokens', icon: KeyRound, keys: 'g t' },
  { screen: 'webhooks', name: 'Webhooks', icon: Webhook, keys: 'g w' },
  { screen: 'requests', name: 'Requests', icon: ArrowRight, keys: 'g r' },
  { screen: 'exchanges', name: 'Exchanges', icon: ArrowRightLeft, keys: 'g e' },
];

export const endScreens: readonly ScreenEntry[] = [
  { screen: 'simulator', name: 'Simulator', icon: Cpu, keys: 'g m' },
  { screen: 'help', name: 'Help', icon: CircleQuestionMark, keys: 'g p' },
  { screen: 'settings', name: 'Settings', icon: SlidersHorizontal, keys: 'g s' },
];

export const allScreens = [...mainScreens, ...endScreens];

/** Reached from an exchange, not from the navigation. */
const furtherScreens = { timeline: 'Timeline', compare: 'Compare' } as const;

export function nameOfScreen(screen: Screen): string {
  if (screen === 'timeline' || screen === 'compare') return furtherScreens[screen];
  return allScreens.find((entry) => entry.screen === screen)?.name ?? screen;
}
