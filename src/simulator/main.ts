import { readCommandLine, usage } from './cli-options.ts';
import type { SimulatorOptions } from './create-simulator.ts';
import { createSimulator } from './create-simulator.ts';

/** The simulator as a process: one line of JSON on stdout once it listens, a log on stderr. */
async function main(): Promise<void> {
  const commandLine = readCommandLine(process.argv.slice(2));
  switch (commandLine.kind) {
    case 'help':
      process.stdout.write(usage);
      return;
    case 'wrong':
      process.stderr.write(`${commandLine.message}\nRun it with --help to see what it takes.\n`);
      process.exitCode = 2;
      return;
    case 'run':
      await run(commandLine.options);
  }
}

async function run(options: SimulatorOptions): Promise<void> {
  const log = (line: string): void => void process.stderr.write(`${new Date().toISOString()} ${line}\n`);
  const forked = process.connected;
  const simulator = await createSimulator({ ...options, log });
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    simulator.dispose().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // A host that started it over a channel is gone: nobody else would stop it.
  process.once('disconnect', stop);
  if (forked && !process.connected) stop();
  // Last, since whoever reads this line may stop the process at once.
  const { url, clientId, clientSecret, appId, ed25519PublicKey, rsaPublicKey } = simulator;
  process.stdout.write(
    `${JSON.stringify({ url, clientId, clientSecret, appId, ed25519PublicKey, rsaPublicKey })}\n`,
  );
}

function fail(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

main().catch(fail);
