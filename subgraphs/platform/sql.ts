import { callable } from "#foundation/federation/manifest";

/** The district's calendar: when a day begins for birthdays, orders, assignments. UTC where the district is not known. */
const today = `CREATE OR REPLACE FUNCTION access.today() RETURNS date LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $f$
  SELECT (access.now() AT TIME ZONE coalesce((SELECT d.time_zone FROM platform.district d WHERE d.id = access.district()), 'UTC'))::date $f$`;

/** Who a token is: the only thing that is asked before a district is known, and the only answer that the bare login gets. */
const signIn = `CREATE OR REPLACE FUNCTION access.account_of(token_issuer text, token_subject text)
  RETURNS TABLE (account_id uuid, person_id uuid, district_id uuid, status text) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $f$
  SELECT a.id, a.person_id, a.district_id, a.status FROM platform.account a WHERE a.issuer = token_issuer AND a.subject = token_subject AND a.archived_at IS NULL $f$`;

/** The roles of an account's last sign-in: what a delegation may lend is never more. Written anew when they changed, or after an hour. */
const noteSignIn = `CREATE OR REPLACE FUNCTION access.note_sign_in(of_account uuid, with_roles text[], moment timestamptz) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $f$
  INSERT INTO journal.sign_in AS known (account_id, roles, at) SELECT a.id, with_roles, moment FROM platform.account a WHERE a.id = of_account
  ON CONFLICT (account_id) DO UPDATE SET roles = excluded.roles, at = excluded.at WHERE known.roles IS DISTINCT FROM excluded.roles OR known.at < excluded.at - interval '1 hour' $f$`;

/** What is on record about a delegation, for work that has no token: asked before a district is known. */
const delegated = `CREATE OR REPLACE FUNCTION access.delegated(delegation uuid)
  RETURNS TABLE (id uuid, use text, district_id uuid, account_id uuid, person_id uuid, issuer text, subject text, active boolean, roles text[], operations text[], every_query boolean,
    starts_at timestamptz, ends_at timestamptz, revoked boolean, last_roles text[], last_at timestamptz) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $f$
  SELECT g.id, g.use, g.district_id, a.id, a.person_id, a.issuer, a.subject, a.status = 'ACTIVE' AND a.archived_at IS NULL, g.roles, g.operations, g.every_query,
    g.from_date::timestamp AT TIME ZONE d.time_zone, g.to_date::timestamp AT TIME ZONE d.time_zone, g.revoked_at IS NOT NULL OR g.archived_at IS NOT NULL, s.roles, s.at
  FROM platform.delegation g
    JOIN platform.account a ON a.district_id = g.district_id AND a.id = g.account_id
    JOIN platform.district d ON d.id = g.district_id
    LEFT JOIN journal.sign_in s ON s.account_id = a.id
  WHERE g.id = delegation $f$`;

/** In which districts an e-mail address is somebody's: ids of districts alone, asked before one is known. */
const districtsWithEmail = `CREATE OR REPLACE FUNCTION access.districts_with_email(wanted text) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $f$
  SELECT DISTINCT e.district_id FROM people.person_email e JOIN people.person p ON p.district_id = e.district_id AND p.id = e.person_id AND p.archived_at IS NULL
  WHERE lower(e.address) = lower(wanted) AND e.archived_at IS NULL $f$`;

/** Of which district an invitation is, by the hash of its code. */
const districtOfInvitation = `CREATE OR REPLACE FUNCTION access.district_of_invitation(hash text) RETURNS uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $f$
  SELECT i.district_id FROM platform.account_invitation i WHERE i.code_hash = hash AND i.archived_at IS NULL $f$`;

/** Counts a code that somebody tries: 0 when it may be looked at, else after how many seconds. Five in a quarter of an hour, whichever process is asked. */
const tryCode = `CREATE OR REPLACE FUNCTION access.try_code(token_issuer text, token_subject text, moment timestamptz) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $f$
  DECLARE waits integer;
  BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('code ' || token_issuer || ' ' || token_subject, 0));
    DELETE FROM journal.code_try t WHERE t.at <= moment - interval '15 minutes';
    SELECT ceil(extract(epoch FROM min(t.at) + interval '15 minutes' - moment)) INTO waits
      FROM journal.code_try t WHERE t.issuer = token_issuer AND t.subject = token_subject HAVING count(*) >= 5;
    IF waits IS NULL THEN INSERT INTO journal.code_try VALUES (token_issuer, token_subject, moment); END IF;
    RETURN CASE WHEN waits IS NULL THEN 0 ELSE greatest(waits, 1) END;
  END $f$`;

/** Of every district its time zone: when its scheduled work is due. Asked by whoever works for all districts. */
const districtZones = `CREATE OR REPLACE FUNCTION access.district_zones() RETURNS TABLE (id uuid, time_zone text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $f$ SELECT d.id, d.time_zone FROM platform.district d WHERE d.archived_at IS NULL $f$`;

/** Whether a sign-in is linked in another district: yes or no. A system of a party in two districts would be the account of either. */
const linkedElsewhere = callable("platform.linked_elsewhere(text, text)", ["elevated"], `CREATE OR REPLACE FUNCTION platform.linked_elsewhere(token_issuer text, token_subject text) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $f$
  SELECT EXISTS (SELECT 1 FROM platform.account a WHERE a.issuer = token_issuer AND a.subject = token_subject AND a.archived_at IS NULL AND a.district_id <> access.district()) $f$`);

export const repeatableSql = [today, signIn, noteSignIn, delegated, districtsWithEmail, districtOfInvitation, tryCode, districtZones, linkedElsewhere];
