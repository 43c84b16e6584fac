import { FileUp, X } from 'lucide-react';
import { useRef } from 'react';
import type { RequestFile } from '../../../shared/model/request.ts';
import { size, toBase64 } from '../../lib/bytes.ts';
import { toast } from '../../lib/notices.ts';
import { Button } from '../../ui/button.tsx';

type ChooseFileProps = {
  readonly label: string;
  readonly file: RequestFile | null;
  readonly onChange: (file: RequestFile | null) => void;
};

const largest = 24_000_000;

export function ChooseFile({ label, file, onChange }: ChooseFileProps) {
  const picker = useRef<HTMLInputElement>(null);
  const take = async (chosen: File | undefined): Promise<void> => {
    if (chosen === undefined) return;
    if (chosen.size > largest) {
      toast(`“${chosen.name}” has ${size(chosen.size)}; a body may have ${size(largest)}.`);
      return;
    }
    const base64 = toBase64(new Uint8Array(await chosen.arrayBuffer()));
    onChange({ name: chosen.name, type: chosen.type, base64 });
  };
  return (
    <span className="choose-file">
      <input
        ref={picker}
        type="file"
        hidden
        aria-label={`${label}: file`}
        onChange={(event) => {
          void take(event.currentTarget.files?.[0]);
          event.currentTarget.value = '';
        }}
      />
      <Button
        look="quiet"
        icon={FileUp}
        aria-label={`${label}: choose file`}
        onClick={() => picker.current?.click()}
      >
        {file === null ? 'Choose file…' : file.name}
      </Button>
      {file !== null && (
        <>
          <span className="faint small">{size(Math.floor((file.base64.length * 3) / 4))}</span>
          <Button look="quiet" icon={X} aria-label={`${label}: no file`} onClick={() => onChange(null)} />
        </>
      )}
    </span>
  );
}
