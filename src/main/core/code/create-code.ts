/** A request of the builder as a program, for whoever calls the same endpoint from code of their own. */
import { codeWish } from '../../../shared/model/code.ts';
import { requestDraft, type ResolvedRequestDraft } from '../../../shared/model/request.ts';
import { requestScope, tokenOrNone, type RequestScopeDeps } from '../requests/request-scope.ts';
import type { Redactor } from '../vault/types.ts';
import { codeRequest } from './code-request.ts';
import { codeVariables } from './code-variables.ts';
import { languages } from './languages/index.ts';
import { officialSdk } from './official-sdk.ts';
import { snippet } from './snippet.ts';
import type { Code } from './types.ts';

export type CodeDeps = RequestScopeDeps & { readonly redactor: Pick<Redactor, 'body'> };

export function createCode(deps: CodeDeps): Code {
  return {
    async write(wish) {
      const { draft: given, language, variables: how } = codeWish.parse(wish);
      const { values, environment } = given;
      const draft = requestDraft.parse(given);
      const { profile, operation, choose, variablesFor } = await requestScope(
        draft,
        { values, environment },
        deps,
      );
      // Code needs no token: one that is missing or cannot be told is no failure here.
      const { variables, restore } = codeVariables(variablesFor(tokenOrNone(choose)), how);
      const hasToken = operation === null || operation.access.length > 0;
      const request = await codeRequest(draft, profile, operation, variables, hasToken);
      const written =
        language === 'sdk'
          ? officialSdk(request, operation)
          : { code: await snippet(request, languages[language]), notes: [] };
      const { code, left } = restore(written.code);
      // What the vault holds, wherever it was typed: code is passed on.
      const safe = deps.redactor.body(Buffer.from(code), 'text/plain');
      const cut = (safe.marks?.length ?? 0) > 0 ? ['A secret of the vault was cut out of it: ********.'] : [];
      return {
        code: Buffer.from(safe.bytes).toString('utf8'),
        notes: [...written.notes, ...cut, ...notesOf(left, draft, how)],
      };
    },
  };
}

function notesOf(left: readonly string[], draft: ResolvedRequestDraft, how: 'filled' | 'named'): string[] {
  const files = [...(draft.bodyKind === 'multipart' ? draft.parts : [{ file: draft.file }])].flatMap(
    ({ file }) => (file === null ? [] : [file.name]),
  );
  const named = left.map((name) => `{{${name}}}`).join(', ');
  const isFile = draft.bodyKind === 'binary' || draft.bodyKind === 'multipart';
  return [
    ...(how === 'filled' && left.length > 0 ? [`Put a value in the place of ${named}.`] : []),
    ...(isFile && files.length > 0 ? [`It reads ${files.join(', ')} from the folder it runs in.`] : []),
  ];
}
