import { useValue } from '../../lib/value.ts';
import { closeCollectionOverlay, collectionOverlay } from './collection-overlay.ts';
import { ConflictDialog } from './conflict-dialog.tsx';
import { ImportRequestsDialog } from './import-requests-dialog.tsx';
import { MoveDialog, NameDialog } from './name-dialogs.tsx';
import { SaveDialog } from './save-dialog.tsx';

export function CollectionDialogs() {
  const overlay = useValue(collectionOverlay);
  if (overlay === null) return null;
  switch (overlay.kind) {
    case 'save-as':
      return <SaveDialog onClose={closeCollectionOverlay} />;
    case 'conflict':
      return <ConflictDialog onClose={closeCollectionOverlay} />;
    case 'import':
      return <ImportRequestsDialog given={overlay.file} onClose={closeCollectionOverlay} />;
    case 'move':
      return <MoveDialog overlay={overlay} onClose={closeCollectionOverlay} />;
    case 'new':
    case 'open':
    case 'folder':
    case 'rename':
      return <NameDialog overlay={overlay} onClose={closeCollectionOverlay} />;
  }
}
