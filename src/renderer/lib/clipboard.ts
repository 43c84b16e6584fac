/** Copies, and says so where everything is said. */
import { announce, toast } from './notices.ts';

export async function copyText(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast(`${what} copied`);
    announce(`${what} copied`);
  } catch {
    toast(`${what} could not be copied: the browser does not allow it here`);
  }
}
