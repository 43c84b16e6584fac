import './catalogues.css';
import { useEffect } from 'react';
import { useValue } from '../../lib/value.ts';
import { CataloguesList } from './catalogues-list.tsx';
import { cataloguesView, closeCatalogues, showCatalogues } from './catalogues-overlay.ts';
import { ImportDocument } from './import-document.tsx';

export function CataloguesDialogs() {
  const view = useValue(cataloguesView);
  // A link in a dialog leads to another screen, which it must not cover.
  useEffect(() => {
    window.addEventListener('hashchange', closeCatalogues);
    return () => window.removeEventListener('hashchange', closeCatalogues);
  }, []);
  if (view === null) return null;
  return view.kind === 'list' ? (
    <CataloguesList onClose={closeCatalogues} />
  ) : (
    <ImportDocument again={view.again} onClose={showCatalogues} />
  );
}
