import './catalogues.css';
import { useValue } from '../../lib/value.ts';
import { CataloguesList } from './catalogues-list.tsx';
import { cataloguesView, closeCatalogues, showCatalogues } from './catalogues-overlay.ts';
import { ImportDocument } from './import-document.tsx';

export function CataloguesDialogs() {
  const view = useValue(cataloguesView);
  if (view === null) return null;
  return view.kind === 'list' ? (
    <CataloguesList onClose={closeCatalogues} />
  ) : (
    <ImportDocument again={view.again} onClose={showCatalogues} />
  );
}
