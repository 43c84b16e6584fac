import { useLayoutEffect, useState, type RefObject } from 'react';

/** Whether an element is at least so many px wide, followed as it changes. */
export function useWide(element: RefObject<HTMLElement | null>, px: number): boolean {
  const [wide, setWide] = useState(false);
  useLayoutEffect(() => {
    const shown = element.current;
    if (shown === null) return undefined;
    setWide(shown.clientWidth >= px);
    const observer = new ResizeObserver(() => setWide(shown.clientWidth >= px));
    observer.observe(shown);
    return () => observer.disconnect();
  }, [element, px]);
  return wide;
}
