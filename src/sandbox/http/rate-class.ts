/** The four allowances that Backlog counts per user and minute (Nulab: "Rate limit"). */
export const RATE_CLASSES = ['read', 'search', 'icon', 'update'] as const;

export type RateClass = (typeof RATE_CLASSES)[number];
