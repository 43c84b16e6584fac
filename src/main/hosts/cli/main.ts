import { createProgram } from './create-program.ts';
import { toFailure } from './failures.ts';
import { settingOf, type Setting } from './options.ts';
import { createOutput, endWithReader } from './output.ts';

/** `hlc`. @returns the exit code: 0, 1 after one clear sentence, or 2 for wrong usage */
async function main(args: readonly string[]): Promise<number> {
  const present: { setting?: Setting } = {};
  const program = createProgram((options) => (present.setting = settingOf(options, import.meta.url)));
  try {
    if (args.length === 0) program.outputHelp();
    else await program.parseAsync([...args], { from: 'user' });
    return 0;
  } catch (error) {
    const failure = toFailure(error, (unforeseen) =>
      present.setting?.log('error', 'a command failed in a way nobody foresaw', { error: unforeseen }),
    );
    if (failure === null) return 0;
    (present.setting?.output ?? createOutput(args.includes('--json'))).fail(failure);
    return failure.exitCode;
  }
}

endWithReader();
process.exitCode = await main(process.argv.slice(2));
