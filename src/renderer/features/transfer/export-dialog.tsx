import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  exportFormats,
  usualKinds,
  type ExportFormat,
  type Replacement,
  type TestRunner,
} from '../../../shared/model/transfer.ts';
import { rpc } from '../../platform/connection.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Failure } from '../../ui/notes.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { exchanges, formatWords } from './export-words.ts';
import { ReplaceFields } from './replace-fields.tsx';
import type { TransferOverlay } from './transfer-overlay.ts';
import { TransferProgress } from './transfer-progress.tsx';
import { useExport } from './use-export.ts';

const formatOptions = exportFormats.map((value) => ({ value, label: formatWords[value].name }));
const testOptions: readonly { readonly value: TestRunner | 'none'; readonly label: string }[] = [
  { value: 'none', label: 'None' },
  { value: 'node', label: 'node --test' },
  { value: 'vitest', label: 'vitest' },
  { value: 'jest', label: 'jest' },
];

type ExportDialogProps = {
  readonly overlay: Extract<TransferOverlay, { kind: 'export' }>;
  readonly onClose: () => void;
};

export function ExportDialog({ overlay: { selection, what }, onClose }: ExportDialogProps) {
  const [format, setFormat] = useState<ExportFormat>('ndjson');
  const [test, setTest] = useState<TestRunner | 'none'>('none');
  const [replaces, setReplaces] = useState(false);
  const [replace, setReplace] = useState<Replacement>({ kinds: [...usualKinds], sign: false });
  const { data: counted } = useQuery({
    queryKey: ['export-count', selection],
    queryFn: async () =>
      'ids' in selection ? selection.ids.length : (await rpc.exchanges.count(selection.filter)).count,
    gcTime: 0,
  });
  const run = useExport(onClose);
  const { step, running } = run;
  const start = (): void =>
    run.start({
      format,
      selection,
      replace: replaces ? replace : null,
      test: format === 'fixture' && test !== 'none' ? test : null,
    });
  return (
    <Dialog
      open
      onClose={onClose}
      title="Export"
      description={`${counted === undefined ? '' : `${exchanges(counted)}: `}${what}. Secrets are cut out of every format.`}
      footer={
        <>
          <Button onClick={running ? run.cancel : onClose}>{running ? 'Cancel export' : 'Cancel'}</Button>
          <Button
            look="primary"
            busy={running}
            disabled={counted === 0 || (replaces && replace.kinds.length === 0)}
            onClick={start}
          >
            Export
          </Button>
        </>
      }
    >
      <SelectField
        label="Format"
        value={format}
        options={formatOptions}
        hint={formatWords[format].text}
        onChange={setFormat}
      />
      {format === 'fixture' && (
        <SelectField
          label="Test to go with it"
          value={test}
          options={testOptions}
          hint="A second file that checks the signatures with nothing but Node, ready to be run."
          onChange={setTest}
        />
      )}
      <CheckField label="Replace personal data" checked={replaces} onChange={setReplaces} />
      {replaces && <ReplaceFields selection={selection} value={replace} onChange={setReplace} />}
      {running && (
        <TransferProgress label="Exchanges exported" done={step?.done ?? 0} total={step?.total ?? null}>
          {step === null
            ? 'Beginning…'
            : `${step.done.toLocaleString('en')} of ${step.total.toLocaleString('en')}`}
        </TransferProgress>
      )}
      {run.error !== null && <Failure error={run.error} />}
    </Dialog>
  );
}
