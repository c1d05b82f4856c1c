/** The district's calendar: when a day begins for birthdays, orders, assignments. UTC where the district is not known. */
const today = `CREATE OR REPLACE FUNCTION access.today() RETURNS date LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $f$
  SELECT (access.now() AT TIME ZONE coalesce((SELECT d.time_zone FROM platform.district d WHERE d.id = access.district()), 'UTC'))::date $f$`;

/** Who a token is: the only thing that is asked before a district is known, and the only answer that the bare login gets. */
const signIn = `CREATE OR REPLACE FUNCTION access.account_of(token_issuer text, token_subject text)
  RETURNS TABLE (account_id uuid, person_id uuid, district_id uuid, status text) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $f$
  SELECT a.id, a.person_id, a.district_id, a.status FROM platform.account a WHERE a.issuer = token_issuer AND a.subject = token_subject AND a.archived_at IS NULL $f$`;

export const repeatableSql = [today, signIn];
