/** How long a test waits for what must come: a limit for what hangs, which no busy machine reaches. */
export const PATIENTLY = { interval: 20, timeout: 60_000 };
