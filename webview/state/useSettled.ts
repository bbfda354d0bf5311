import { useEffect, useState } from 'preact/hooks';

/** Milliseconds without a change after which a value counts as settled. */
const REST = 120;

/**
 * For what takes longer than a frame to work out again: the value itself if that is cheap, else the value as it
 * was when it last rested.
 * @returns the value to work with, and whether it lags behind
 */
export function useSettled<T>(value: T, cheap: boolean): readonly [value: T, behind: boolean] {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    if (cheap || settled === value) return;
    const timer = setTimeout(() => setSettled(() => value), REST);
    return () => clearTimeout(timer);
  }, [value, cheap, settled]);
  return cheap ? [value, false] : [settled, settled !== value];
}
