/** The path of an executable Chromium; throws with one sentence when none can be had. */
export function findChromium(): string;
