/** Whether a process can serve, and if not, why, in words for who runs it. */
export interface Readiness {
  readonly ok: boolean;
  readonly reasons: string[];
}
