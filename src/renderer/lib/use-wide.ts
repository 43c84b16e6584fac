import { useLayoutEffect, useState, type RefObject } from 'react';

/** Whether an element is at least so many px wide, followed as it changes. */
export function useWide(element: RefObject<HTMLElement | null>, px: number): boolean {
  const [wide, setWide] = useState(false);
  useLayoutEffect(() => {
    const shown = element.current;
    if (shown === null) return undefined;
    // It reports once as it begins, before anything is painted.
    const observer = new ResizeObserver(() => setWide(shown.clientWidth >= px));
    observer.observe(shown);
    return () => observer.disconnect();
  }, [element, px]);
  return wide;
}
