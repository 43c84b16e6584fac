import { requestSettings, type RequestSettings } from '../../../shared/model/request.ts';
import { CheckField } from '../../ui/check-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useState } from 'react';
import { change, type Draft } from './draft.ts';

const usual = requestSettings.parse({});

/** How many settings are not as usual. */
export const settingsChanged = (settings: RequestSettings): number =>
  Object.entries(usual).filter(([name, value]) => settings[name as keyof RequestSettings] !== value).length;

/** Seconds as typed, in ms; null for what a request cannot have. */
function timeoutOf(text: string): number | null {
  const parsed = requestSettings.shape.timeoutMs.safeParse(Math.round(Number(text.replace(',', '.')) * 1000));
  return text.trim() !== '' && parsed.success ? parsed.data : null;
}

/** How the request is sent, whatever it says. */
export function SettingsTab({ settings }: { readonly settings: Draft['settings'] }) {
  const [typed, setTyped] = useState(String(settings.timeoutMs / 1000));
  // The text stands while it means what is set, as `60.` does.
  const text = timeoutOf(typed) === null || timeoutOf(typed) === settings.timeoutMs ? typed : null;
  const set = (changes: Partial<RequestSettings>): void => change({ settings: { ...settings, ...changes } });
  return (
    <div className="scroll request-settings">
      <TextField
        label="Timeout in seconds"
        mono
        value={text ?? String(settings.timeoutMs / 1000)}
        hint={
          timeoutOf(typed) === null
            ? `From 0.1 to 600 seconds; ${settings.timeoutMs / 1000} counts until then.`
            : 'For the whole answer; of each redirect anew.'
        }
        onChange={(next) => {
          setTyped(next);
          const timeoutMs = timeoutOf(next);
          if (timeoutMs !== null) set({ timeoutMs });
        }}
      />
      <CheckField
        label="Follow redirects on the same host"
        checked={settings.followRedirects}
        onChange={(followRedirects) => set({ followRedirects })}
      />
      <CheckField
        label="Send again after 429, once the rate limit allows it"
        checked={settings.retryOn429}
        onChange={(retryOn429) => set({ retryOn429 })}
      />
      <p className="hint">
        It waits for as long as HighLevel asks, is sent at most five times, and can be cancelled meanwhile.
        With no requests left today it is not sent again.
      </p>
    </div>
  );
}
