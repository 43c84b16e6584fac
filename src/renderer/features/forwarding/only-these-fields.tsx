import { TextField } from '../../ui/text-field.tsx';

type OnlyTheseFieldsProps = {
  /** Comma-separated, both. */
  readonly events: string;
  readonly locations: string;
  readonly onChange: (changes: { readonly events?: string; readonly locations?: string }) => void;
};

/** Which webhooks are meant: two fields side by side, empty for all. */
export function OnlyTheseFields({ events, locations, onChange }: OnlyTheseFieldsProps) {
  return (
    <>
      <TextField
        label="Only these events"
        value={events}
        onChange={(text) => onChange({ events: text })}
        placeholder="all"
      />
      <TextField
        label="Only these sub-accounts"
        value={locations}
        onChange={(text) => onChange({ locations: text })}
        placeholder="all"
        mono
      />
    </>
  );
}
