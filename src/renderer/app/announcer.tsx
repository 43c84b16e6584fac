import { announcement, hideToast, toastText } from '../lib/notices.ts';
import { useValue } from '../lib/value.ts';
import { Button } from '../ui/button.tsx';

export function Announcer() {
  const text = useValue(announcement);
  const shown = useValue(toastText);
  const action = shown?.action ?? null;
  return (
    <>
      <div className="unseen" aria-live="polite" role="status">
        {text}
      </div>
      {shown !== null && (
        <div className="toast" key={shown.key} aria-hidden={action === null}>
          {shown.text}
          {action !== null && (
            <Button
              onClick={() => {
                hideToast();
                action.run();
              }}
            >
              {action.label}
            </Button>
          )}
        </div>
      )}
    </>
  );
}
