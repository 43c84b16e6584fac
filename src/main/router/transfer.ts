import type { AreaDeps } from './context.ts';

export function transferArea({ os, core }: AreaDeps) {
  const area = os.transfer;
  const { transfer } = core;
  return area.router({
    export: area.export.handler(({ input, signal }) => transfer.export(input, signal)),
    curl: area.curl.handler(async ({ input }) => ({ command: await transfer.curl(input.id) })),
    preview: area.preview.handler(({ input }) => transfer.preview(input.selection, input.replace)),
    fixtureTest: area.fixtureTest.handler(({ input }) => transfer.fixtureTest(input.runner, input.fixture)),
    openImport: area.openImport.handler(({ input }) => ({
      id: transfer.openImport(input.fileName, { dryRun: input.dryRun }),
    })),
    importPiece: area.importPiece.handler(({ input }) =>
      transfer.importPiece(input.id, Buffer.from(input.base64, 'base64')),
    ),
    closeImport: area.closeImport.handler(({ input }) => transfer.closeImport(input.id)),
    cancelImport: area.cancelImport.handler(({ input }) => {
      transfer.cancelImport(input.id);
      return {};
    }),
  });
}
