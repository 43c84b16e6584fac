export type SingleFlight = {
  /** Runs `work`, or joins the run already under way for the same key. */
  <T>(key: string, work: () => Promise<T>): Promise<T>;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
};

/** However many ask for the same thing at once, it is done once and all get its result. */
export function createSingleFlight(): SingleFlight {
  const flights = new Map<string, Promise<unknown>>();
  const join = <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const underway = flights.get(key);
    // A key always stands for the same kind of work, so the promise found is of the same type.
    if (underway !== undefined) return underway as Promise<T>;
    const flight = work().finally(() => flights.delete(key));
    flights.set(key, flight);
    return flight;
  };
  return Object.assign(join, {
    settled: async () => {
      while (flights.size > 0) await Promise.allSettled(flights.values());
    },
  });
}
