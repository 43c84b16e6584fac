import { Command } from 'commander';
import { version } from '../node/version.ts';
import { addAnswers } from './commands/answers.ts';
import { addCatalogue } from './commands/catalogue.ts';
import { addCollections } from './commands/collections.ts';
import { addDoctor } from './commands/doctor.ts';
import { addExchanges } from './commands/exchanges.ts';
import { addExport } from './commands/export.ts';
import { addForward } from './commands/forward.ts';
import { addImport } from './commands/import.ts';
import { addInstall } from './commands/install.ts';
import { addProfiles } from './commands/profiles.ts';
import { addReplay } from './commands/replay.ts';
import { addRequest } from './commands/request.ts';
import { addRun } from './commands/run.ts';
import { addRuns } from './commands/runs.ts';
import { addServe } from './commands/serve.ts';
import { addSimulator } from './commands/simulator.ts';
import { addStatus } from './commands/status.ts';
import { addTamper } from './commands/tamper.ts';
import { addToken } from './commands/token.ts';
import { addTokens } from './commands/tokens.ts';
import { addTrigger } from './commands/trigger.ts';
import type { CommonOptions, Setting } from './options.ts';

/** @param begin makes the setting of the one command that is about to run, from the options every command takes */
export function createProgram(begin: (options: CommonOptions) => Setting): Command {
  let setting: Setting | null = null;
  const present = (): Setting => {
    if (setting === null) throw new Error('no command has begun');
    return setting;
  };
  const program = new Command('hlc')
    .description(
      'HighLevel Companion: install, watch webhooks and call the API of HighLevel Marketplace apps.',
    )
    .version(version)
    .helpCommand('help [command]', 'say what hlc or one of its commands takes')
    .hook('preAction', (_program, command) => {
      // With those before a subcommand too: `hlc profiles --json add …`.
      setting = begin(command.optsWithGlobals<CommonOptions>());
    })
    .addHelpText(
      'after',
      `
Every command takes --data-dir, --profile and --json; "hlc <command> --help" says more.

Examples:
  hlc serve
  hlc simulator --json
  hlc install --open
  hlc request GET /contacts/ --query locationId={{locationId}}
  hlc exchanges --purpose webhook --follow`,
    );
  for (const add of [
    addServe,
    addSimulator,
    addProfiles,
    addInstall,
    addTokens,
    addToken,
    addRequest,
    addRun,
    addCollections,
    addRuns,
    addCatalogue,
    addExchanges,
    addExport,
    addImport,
    addForward,
    addReplay,
    addAnswers,
    addTrigger,
    addTamper,
    addStatus,
    addDoctor,
  ])
    add(program, present);
  prepare(program);
  return program;
}

/**
 * Failures are thrown instead of ending the process, so that all are said in one place; and what stands behind a
 * subcommand is the subcommand's.
 */
function prepare(command: Command): void {
  command
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .enablePositionalOptions();
  for (const child of command.commands) prepare(child);
}
