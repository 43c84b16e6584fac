import { useEffect, useState } from 'react';

/** The value, once it has stayed the same for `ms`. */
export function useDelayed<T>(value: T, ms: number): T {
  const [shown, setShown] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setShown(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return shown;
}
