import { expect, it } from 'vitest';
import { createForkedProgram } from '../../src/main/hosts/node/child-program.ts';

it('a program of ours exchanges messages, prints whole lines, logs what it complains about, and says how it ended', async () => {
  const logged: unknown[] = [];
  const lines: string[] = [];
  const messages: unknown[] = [];
  const exit = Promise.withResolvers<number | null>();
  const program = createForkedProgram(
    new URL('programs/echo.ts', import.meta.url),
    ['a', 'b c'],
    (level, message) => logged.push([level, message]),
  );
  program.onLine((line) => lines.push(line));
  program.onMessage((message) => messages.push(message));
  program.onExit(exit.resolve);
  await expect.poll(() => messages).toEqual([['a', 'b c']]);
  program.send({ end: 7 });
  expect(await exit.promise).toBe(7);
  await expect.poll(() => lines).toEqual(['one line, in two writes', 'another']);
  await expect.poll(() => logged).toEqual([['info', 'a complaint']]);
  // Nobody is there any more: nothing is thrown.
  program.send({ end: 8 });
  expect(messages).toHaveLength(1);
});

it('a program that is killed is gone, and has no code', async () => {
  const exit = Promise.withResolvers<number | null>();
  const program = createForkedProgram(new URL('programs/echo.ts', import.meta.url), [], () => undefined);
  program.onExit(exit.resolve);
  program.onMessage(() => program.kill());
  expect(await exit.promise).toBeNull();
});

it('a program that is not there ends with a code', async () => {
  const exit = Promise.withResolvers<number | null>();
  createForkedProgram(new URL('programs/missing.ts', import.meta.url), [], () => undefined).onExit(
    exit.resolve,
  );
  expect(await exit.promise).toBe(1);
});
