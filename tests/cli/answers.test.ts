import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDesk, type Desk } from './support.ts';

let desk: Desk;

beforeEach(async () => {
  desk = await createDesk();
});
afterEach(() => desk.dispose());

describe('hlc answers', () => {
  it('adds a rule to the companion that runs, lists it with its counts, and switches all off', async () => {
    const serving = await desk.serve();
    const deliver = async (): Promise<[number, string | null]> => {
      const answer = await fetch(`${serving.ingress}/webhooks`, {
        method: 'POST',
        body: '{"webhookId":"w"}',
      });
      await answer.arrayBuffer();
      return [answer.status, answer.headers.get('retry-after')];
    };
    const add = ['answers', 'add', '--status', '429', '--header', 'Retry-After: 30', '--first-of-each', '1'];
    expect(await desk.run([...add, '--json'])).toMatchObject({
      code: 0,
      lines: [{ on: true, action: { status: 429 }, turn: { kind: 'first-of-each', times: 1 } }],
    });
    expect([await deliver(), await deliver()]).toEqual([
      [429, '30'],
      [200, null],
    ]);
    expect((await desk.run(['answers', '--json'])).lines).toMatchObject([{ matched: 2, decided: 1 }]);
    expect((await desk.run(['answers'])).stdout).toMatch(
      /^on\s+webhook\s+any app\s+any event\s+first-of-each 1\s+429\s+1 of 2$/m,
    );
    expect((await desk.run(['answers', 'off', '--json'])).lines).toMatchObject([{ on: false }]);

    expect(await desk.run(['answers', 'add', '--status', '99', '--json'])).toMatchObject({
      code: 1,
      lines: [
        {
          error: {
            code: 'bad_input',
            message: '99 cannot be used for rules.1.action.status: it must be at least 200.',
          },
        },
      ],
    });
    expect(await desk.run(['answers', 'add', '--hang', '--reset', '--json'])).toMatchObject({
      code: 2,
      lines: [{ error: { message: 'Say one of --status, --hang and --reset.' } }],
    });
  }, 90_000);
});
