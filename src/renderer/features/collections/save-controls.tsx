import { Save } from 'lucide-react';
import { href } from '../../lib/route.ts';
import { modifier, useShortcuts } from '../../lib/shortcuts.ts';
import { useValue } from '../../lib/value.ts';
import { Button } from '../../ui/button.tsx';
import { Note } from '../../ui/notes.tsx';
import './collections.css';
import { collectionOverlay, showCollections } from './collection-overlay.ts';
import { opened, useIsChanged } from './opened.ts';
import { save } from './save.ts';
import { useOpenedFile } from './use-collections.ts';

/** Save, in the line of the request. */
export function SaveControls() {
  const present = useValue(opened);
  const changed = useIsChanged();
  useShortcuts({ 'mod+s': save });
  const what = present === null ? 'Save in a collection' : `Save “${present.name}”`;
  return (
    <Button
      look="quiet"
      icon={Save}
      title={`${what} (${modifier}+S)`}
      aria-label="Save"
      className={changed ? 'has-changes' : ''}
      onClick={save}
    />
  );
}

/** Which saved request the form is about, and what has happened to it. */
export function SavedMark() {
  const present = useValue(opened);
  const changed = useIsChanged();
  const file = useOpenedFile();
  if (present === null) return null;
  return (
    <>
      <p className="saved-mark small">
        <a
          className="link clip"
          href={href('requests')}
          title={present.path}
          onClick={(event) => {
            event.preventDefault();
            showCollections();
          }}
        >
          {present.name}
        </a>
        <span className={changed ? 'warn' : 'faint'} role="status">
          {changed ? 'changed, not saved' : 'saved'}
        </span>
        <span className="grow" />
        <button type="button" className="link" onClick={() => collectionOverlay.set({ kind: 'save-as' })}>
          Save as…
        </button>
      </p>
      {file?.isOther === true && (changed || file.item === null || file.item.problem !== null) && (
        <Note
          tone="warn"
          action={
            <Button onClick={() => collectionOverlay.set({ kind: 'conflict' })}>
              {file.item === null ? 'Decide…' : 'Compare…'}
            </Button>
          }
        >
          {file.item === null
            ? 'Its file has been removed or renamed outside of here.'
            : (file.item.problem ?? 'Its file has been changed outside of here.')}
        </Note>
      )}
    </>
  );
}
