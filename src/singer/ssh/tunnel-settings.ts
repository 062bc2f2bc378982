/** A server that can be reached from another machine only, and how to sign in there. */
export interface TunnelSettings {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  /** The path of a file, or the text of the key itself. */
  readonly privateKey: string;
  readonly passphrase?: string;
  /** As `ssh-keyscan` prints it. Without it the machine must be one that the user's own `ssh` knows. */
  readonly hostKey?: string;
}

export interface Place {
  readonly host: string;
  readonly port: number;
}
