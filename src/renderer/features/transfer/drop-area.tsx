import { FileUp } from 'lucide-react';
import { useState, type DragEvent } from 'react';
import { openImport } from './transfer-overlay.ts';

const hasFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files');

/** Takes a file that is dropped on the list. */
export function useFileDrop() {
  const [over, setOver] = useState(false);
  return {
    over,
    handlers: {
      onDragOver(event: DragEvent) {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(true);
      },
      onDragLeave(event: DragEvent) {
        const { relatedTarget, currentTarget } = event;
        if (relatedTarget instanceof Node && currentTarget.contains(relatedTarget)) return;
        setOver(false);
      },
      onDrop(event: DragEvent) {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(false);
        const [file] = event.dataTransfer.files;
        if (file !== undefined) openImport(file);
      },
    },
  };
}

export function DropHint() {
  return (
    <div className="drop-hint" role="status">
      <FileUp aria-hidden />
      Drop it to see what is in it
    </div>
  );
}
