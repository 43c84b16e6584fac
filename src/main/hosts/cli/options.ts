import { InvalidArgumentError, type Command } from 'commander';
import { resolveDataDir } from '../node/data-dir.ts';
import { createFileLog } from '../node/file-log.ts';
import type { Log } from '../../core/ports.ts';
import { createOutput, type Output } from './output.ts';

/** What every command takes, as commander parses it. */
export type CommonOptions = { readonly dataDir?: string; readonly profile?: string; readonly json?: true };

/** What every command works with. */
export type Setting = {
  readonly dataDir: string;
  readonly profile: string | null;
  readonly json: boolean;
  readonly output: Output;
  readonly log: Log;
  /** `import.meta.url` of the program. */
  readonly hostEntry: string;
};

/** An empty name would mean the folder one stands in, which nobody asks for so: a variable of the shell was not set. */
function folderName(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It must be the name of a folder.');
  return text;
}

export function withCommonOptions(command: Command, profileMeans: string): Command {
  return command
    .option(
      '--data-dir <folder>',
      'the data folder (default: HLC_DATA_DIR, else the per-user config folder)',
      folderName,
    )
    .option('--profile <name>', profileMeans)
    .option('--json', 'print one JSON object a line');
}

export function settingOf(options: CommonOptions, hostEntry: string): Setting {
  const dataDir = resolveDataDir(options.dataDir);
  const json = options.json === true;
  const output = createOutput(json);
  const log = createFileLog({
    dataDir,
    mirror: (level, line) => {
      if (level === 'warn' || level === 'error') output.say(line);
    },
  });
  return { dataDir, profile: options.profile ?? null, json, output, log, hostEntry };
}

function wholeNumber(text: string, smallest: number, largest: number, range: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= smallest && value <= largest) return value;
  throw new InvalidArgumentError(`It must be a whole number ${range}.`);
}

export const portNumber = (text: string): number => wholeNumber(text, 0, 65_535, 'from 0 to 65535');
export const sequenceNumber = (text: string): number =>
  wholeNumber(text, 0, Number.MAX_SAFE_INTEGER, 'from 0');
export const countNumber = (text: string): number => wholeNumber(text, 1, Number.MAX_SAFE_INTEGER, 'from 1');

export function webAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return text;
  throw new InvalidArgumentError('It must be an http or https URL.');
}

export type NameAndValue = { readonly name: string; readonly value: string };

export function nameAndValue(text: string): NameAndValue {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('It must be of the form name=value.');
  return { name: text.slice(0, at), value: text.slice(at + 1) };
}

/** For options that may be given several times. */
export function collect<T>(parse: (text: string) => T): (text: string, earlier: T[] | undefined) => T[] {
  return (text, earlier = []) => [...earlier, parse(text)];
}
