import { FileDown } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { saveFile } from '../../lib/save-file.ts';
import { run } from '../../platform/actions.ts';
import { Button } from '../../ui/button.tsx';
import { bodyBlob, fileNameOf } from './body-file.ts';
import type { BodyRef } from './read-body.ts';

type SaveBodyProps = {
  readonly body: BodyRef;
  readonly codings: readonly string[];
  readonly contentType: string | null;
  readonly baseName: string;
  readonly label: string;
};

/** The whole body into a file, whatever of it is shown. */
export function SaveBody({ body, codings, contentType, baseName, label }: SaveBodyProps) {
  const [saving, setSaving] = useState(false);
  const stopped = useRef(new AbortController());
  useEffect(() => () => stopped.current.abort(), []);
  const name = fileNameOf(baseName, contentType);
  async function save(): Promise<void> {
    setSaving(true);
    stopped.current = new AbortController();
    const { signal } = stopped.current;
    try {
      const type = contentType ?? 'application/octet-stream';
      saveFile(name, await bodyBlob(body, codings, type, signal), type);
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      setSaving(false);
    }
  }
  return (
    <Button
      look="quiet"
      icon={FileDown}
      busy={saving}
      aria-label={`Save ${label.toLowerCase()} to a file`}
      title={`Save as ${name}`}
      onClick={() => run(save)}
    />
  );
}
