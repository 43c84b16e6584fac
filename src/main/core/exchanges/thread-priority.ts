/** Lets the acknowledgement of captures go before the deriving of facts. */
import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';

/** A third of the processor time of a thread of normal priority, when both want it; all of it, when nobody else does. */
const NICENESS = 5;

/**
 * Lowers the priority of the calling thread. Returns false where that cannot be done: only Linux counts priorities by
 * thread, and Node has no call for it, but takes a thread's id for a process's as the kernel does.
 */
export function lowerThreadPriority(): boolean {
  if (process.platform !== 'linux') return false;
  try {
    const thread = Number(/\/task\/(\d+)$/.exec(readlinkSync('/proc/thread-self'))?.[1]);
    if (!Number.isInteger(thread)) return false;
    setPriority(thread, NICENESS);
    return true;
  } catch {
    // No /proc here, or a sandbox forbids the call: the caller makes do with pauses.
    return false;
  }
}
