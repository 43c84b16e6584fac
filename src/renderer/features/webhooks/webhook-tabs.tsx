import './webhooks.css';
import type { ExchangeDetail } from '../../../shared/model/exchange.ts';
import type { Tab } from '../../ui/tabs.tsx';
import { EventCard, SignatureCard } from '../exchanges/signature-card.tsx';
import { RetriesPanel } from './retries-panel.tsx';
import { ShapePanel } from './shape-panel.tsx';
import { SignatureExplained } from './signature-explained.tsx';
import { TypesPanel } from './types-panel.tsx';

/** What only webhooks have in the viewer: signature, shape, retries and types. */
export function webhookTabs(exchange: ExchangeDetail): readonly Tab[] {
  const { event, id } = exchange;
  if (event === null) return [];
  return [
    {
      id: 'signature',
      label: 'Signature',
      content: (
        <div className="cards">
          <SignatureCard event={event} />
          <SignatureExplained id={id} />
          <EventCard event={event} />
        </div>
      ),
    },
    {
      id: 'shape',
      label: 'Shape',
      content: (
        <div className="cards">
          <ShapePanel id={id} />
        </div>
      ),
    },
    {
      id: 'retries',
      label: 'Retries',
      content: (
        <div className="cards">
          <RetriesPanel id={id} webhookId={event.webhookId} />
        </div>
      ),
    },
    {
      id: 'types',
      label: 'Types',
      content: (
        <div className="cards">
          {event.type === null ? (
            <p className="quiet-line">The body names no event, so there is nothing to make types of.</p>
          ) : (
            <TypesPanel type={event.type} profileId={exchange.profileId} />
          )}
        </div>
      ),
    },
  ];
}
