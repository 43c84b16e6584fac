import { Braces } from 'lucide-react';
import { size } from '../../lib/bytes.ts';
import { Empty } from '../../ui/empty.tsx';
import { Failure } from '../../ui/notes.tsx';
import type { BodyRef } from './read-body.ts';
import { TableView } from './table-view.tsx';
import { TreeView } from './tree-view.tsx';
import { useJsonDocument } from './use-json-document.ts';

type JsonViewsProps = {
  readonly body: BodyRef;
  readonly codings: readonly string[];
  readonly encoding: string;
  readonly mode: 'Tree' | 'Table';
  /** The table was asked for: where there is none, that is said. */
  readonly insisted: boolean;
  readonly label: string;
  readonly fileName: string;
};

/** Tree and table of one body, over the one worker that has read it. */
export function JsonViews({ body, codings, encoding, mode, insisted, label, fileName }: JsonViewsProps) {
  const opened = useJsonDocument(body, codings, encoding);
  switch (opened.state) {
    case 'loading':
      return (
        <div className="loading-pane" role="status">
          <span className="line">
            <progress max={body.bytes} value={opened.loaded} aria-label="Loaded" />
            {size(opened.loaded)} of {size(body.bytes)} read
          </span>
        </div>
      );
    case 'failed':
      return <Failure error={opened.error} />;
    case 'no-json':
      return (
        <Empty icon={Braces} title="This body is not JSON">
          Tree and table need JSON. Raw shows the text, Hex the bytes.
        </Empty>
      );
    case 'ready':
      return mode === 'Tree' ? (
        <TreeView document={opened.document} label={label} />
      ) : (
        <TableView
          document={opened.document}
          label={label}
          fileName={fileName}
          otherwise={insisted ? null : <TreeView document={opened.document} label={label} />}
        />
      );
  }
}
