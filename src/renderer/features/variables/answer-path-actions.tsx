/** What the values of an answer are good for: a variable of the next requests, or a check of the next answers. */
import { ListChecks, Variable } from 'lucide-react';
import { useMemo, type ReactNode } from 'react';
import type { Profile } from '../../../shared/model/profile.ts';
import { toast } from '../../lib/notices.ts';
import { run } from '../../platform/actions.ts';
import { rpc } from '../../platform/connection.ts';
import { useActiveProfile } from '../../platform/queries.ts';
import { PathActions, type PathAction } from '../exchanges/path-actions.ts';
import { change, draft } from '../requests/draft.ts';
import { captureRow, checkRow, variableFor } from './tests-of-draft.ts';
import { showChanged } from './use-environments.ts';

/** What stands where a secret was cut out of an answer. */
const masked = '********';

async function setVariable(profileId: Profile['id'], path: string, value: string): Promise<void> {
  const name = variableFor(path);
  const { captures } = draft.get();
  const known = captures.find((one) => one.path === path);
  if (known === undefined) change({ captures: [...captures, captureRow(name, path)] });
  const variable = known?.variable ?? name;
  if (value.includes(masked)) {
    toast(`{{${variable}}} will be set by the next answer: this one is stored without its secret.`);
    return;
  }
  const { active, shared, environments } = await rpc.environments.get({ profileId });
  const before = (environments.find(({ id }) => id === active)?.variables ?? shared).find(
    (one) => one.name === variable,
  );
  const set = { profileId, environmentId: active, name: variable, value, secret: before?.secret === true };
  showChanged(await rpc.environments.set(set));
  toast(`{{${variable}}} is set, and will be by each answer to this request.`);
}

function addCheck(path: string, value: string): void {
  const { checks } = draft.get();
  const isCut = value.includes(masked);
  change({ checks: [...checks, isCut ? checkRow('exists', path, '') : checkRow('equals', path, value)] });
  toast(`The next answer is checked at ${path}; Tests has all checks.`);
}

/** Offers them to the viewer inside. */
export function AnswerPathActions({ children }: { readonly children: ReactNode }) {
  const profileId = useActiveProfile()?.id;
  const actions = useMemo<readonly PathAction[]>(
    () =>
      profileId === undefined
        ? []
        : [
            {
              label: 'Set variable',
              icon: Variable,
              run: (path, value) => run(() => setVariable(profileId, path, value)),
            },
            { label: 'Check', icon: ListChecks, run: addCheck },
          ],
    [profileId],
  );
  return <PathActions value={actions}>{children}</PathActions>;
}
