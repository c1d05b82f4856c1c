/**
 * What every session of the application's login runs with: a statement at most 15 s, 5 s of waiting for a lock. Migrations write it to the
 * login itself, since a pooler between takes no settings from a session.
 */
export const loginSettings: Readonly<Record<string, string>> = {
  statement_timeout: "15s",
  lock_timeout: "5s",
  idle_in_transaction_session_timeout: "30s",
  TimeZone: "UTC",
  jit: "off",
};
