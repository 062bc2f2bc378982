/** Who does it and when. Backlog's import interface sets both times itself, and then no activity appears. */
export interface Authorship {
  /** The space's owner, if absent. */
  readonly createdUserId?: number;
  /** Milliseconds; together with `updated` it makes an import of the past. */
  readonly created?: number;
  readonly updated?: number;
}
