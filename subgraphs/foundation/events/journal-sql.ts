import type { RoleNames } from "../persistence/names.ts";
import { setAsideFunctions, setAsideTable } from "../persistence/set-aside-sql.ts";

/** Where writes leave their traces: the audit log, the outbox, idempotency keys. Kept by the foundation, not by a domain. */
export function journalTables(): string[] {
  return [
    `CREATE TABLE IF NOT EXISTS journal.audit_entry (
      id uuid NOT NULL, district_id uuid NOT NULL, version int NOT NULL DEFAULT 1,
      created_at timestamptz(3) NOT NULL, created_by uuid, updated_at timestamptz(3) NOT NULL, updated_by uuid, archived_at timestamptz(3),
      xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
      person_id uuid, operation varchar(255) NOT NULL, reason varchar(1000), request_id varchar(64),
      action varchar(64) NOT NULL, record_type varchar(255) NOT NULL, record_id uuid NOT NULL, record_version int, changes jsonb NOT NULL,
      position bigint, hash text, delegation_id uuid, PRIMARY KEY (district_id, id))`,
    `ALTER TABLE journal.audit_entry ADD COLUMN IF NOT EXISTS delegation_id uuid`,
    `CREATE INDEX IF NOT EXISTS audit_entry_xid ON journal.audit_entry (xid, id) WHERE position IS NULL`,
    `CREATE INDEX IF NOT EXISTS audit_entry_record ON journal.audit_entry (district_id, record_id, created_at)`,
    `CREATE INDEX IF NOT EXISTS audit_entry_created ON journal.audit_entry (district_id, created_at, id)`,
    `CREATE UNIQUE INDEX IF NOT EXISTS audit_entry_position ON journal.audit_entry (district_id, position) WHERE position IS NOT NULL`,
    `CREATE TABLE IF NOT EXISTS journal.outbox_event (
      id uuid PRIMARY KEY, district_id uuid NOT NULL, xid xid8 NOT NULL DEFAULT pg_current_xact_id(), occurred_at timestamptz(3) NOT NULL,
      record_type text NOT NULL, record_id uuid NOT NULL, record_version int NOT NULL, action text NOT NULL)`,
    `CREATE INDEX IF NOT EXISTS outbox_event_xid ON journal.outbox_event (xid, id)`,
    `CREATE TABLE IF NOT EXISTS journal.idempotency_key (
      district_id uuid NOT NULL, account_id uuid NOT NULL, key text NOT NULL, path text NOT NULL, request_hash text NOT NULL,
      result jsonb, created_at timestamptz(3) NOT NULL, PRIMARY KEY (district_id, account_id, key, path))`,
    `CREATE TABLE IF NOT EXISTS journal.sign_in (account_id uuid PRIMARY KEY, roles text[] NOT NULL, at timestamptz(3) NOT NULL)`,
    `CREATE TABLE IF NOT EXISTS journal.code_try (issuer text NOT NULL, subject text NOT NULL, at timestamptz(3) NOT NULL)`,
    `CREATE INDEX IF NOT EXISTS code_try_subject ON journal.code_try (issuer, subject, at)`,
    `CREATE TABLE IF NOT EXISTS journal.horizon (name text PRIMARY KEY, xid xid8 NOT NULL, after uuid)`,
    `CREATE TABLE IF NOT EXISTS journal.chain (district_id uuid PRIMARY KEY, position bigint NOT NULL, hash text NOT NULL)`,
    `CREATE TABLE IF NOT EXISTS journal.derived (singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton), fingerprint text NOT NULL)`,
    // The server whose numbers of transactions the rows have.
    `CREATE TABLE IF NOT EXISTS journal.home (singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton), server text NOT NULL)`,
    setAsideTable,
    `INSERT INTO journal.horizon VALUES ('seal', '0') ON CONFLICT DO NOTHING`,
  ];
}

/**
 * The journal's functions. Domains may only append; who and where come from the session, never from an argument.
 * `append` writes audit and outbox rows in the caller's transaction; `seal` chains what has become certain, in horizon order.
 */
export function journalFunctions(): string[] {
  const definer = "SECURITY DEFINER SET search_path = pg_catalog, pg_temp";
  return [
    // Up to where, without it, every transaction that may have written here has ended: each later snapshot sees the same. The server numbers
    // the transactions of all its databases together; one of another database never writes here, so it holds nobody back. One that ended
    // since the snapshot, and one that is prepared, has no lock that tells its database: it counts as ours until the next look.
    `CREATE OR REPLACE FUNCTION journal.certain() RETURNS xid8 LANGUAGE sql STABLE ${definer} AS $f$
      SELECT coalesce(min(running.xid), pg_snapshot_xmax(pg_current_snapshot())) FROM pg_snapshot_xip(pg_current_snapshot()) AS running(xid)
        WHERE NOT EXISTS (SELECT FROM pg_locks held JOIN pg_stat_activity session USING (pid)
          WHERE held.locktype = 'transactionid' AND held.mode = 'ExclusiveLock' AND held.transactionid = running.xid::xid
            AND session.datid <> (SELECT oid FROM pg_database WHERE datname = current_database()))
    $f$`,
    `CREATE OR REPLACE FUNCTION journal.append(entries jsonb, operation text, reason text, request_id text) RETURNS void LANGUAGE sql ${definer} AS $f$
      WITH entry AS (SELECT e.*, row_number() OVER () AS n FROM jsonb_to_recordset(entries)
          AS e(id uuid, event_id uuid, action text, record_type text, record_id uuid, record_version int, changes jsonb)),
      audited AS (INSERT INTO journal.audit_entry (id, district_id, created_at, created_by, updated_at, updated_by, person_id, delegation_id, operation, reason, request_id, action, record_type, record_id, record_version, changes)
        SELECT id, access.district(), access.now(), access.account(), access.now(), access.account(), access.person(), access.delegation(), operation, reason, request_id, action, record_type, record_id, record_version, changes FROM entry ORDER BY n)
      INSERT INTO journal.outbox_event (id, district_id, occurred_at, record_type, record_id, record_version, action)
        SELECT event_id, access.district(), access.now(), record_type, record_id, record_version, action FROM entry WHERE event_id IS NOT NULL ORDER BY n
    $f$`,
    `CREATE OR REPLACE FUNCTION journal.claim(claim_key text, claim_path text, hash text) RETURNS TABLE (claimed boolean, same boolean, stored jsonb) LANGUAGE plpgsql ${definer} AS $f$
      DECLARE existing journal.idempotency_key;
      BEGIN
        INSERT INTO journal.idempotency_key (district_id, account_id, key, path, request_hash, created_at)
          VALUES (access.district(), access.account(), claim_key, claim_path, hash, access.now()) ON CONFLICT DO NOTHING;
        IF FOUND THEN RETURN QUERY SELECT true, true, NULL::jsonb; RETURN; END IF;
        SELECT * INTO existing FROM journal.idempotency_key k
          WHERE k.district_id = access.district() AND k.account_id = access.account() AND k.key = claim_key AND k.path = claim_path;
        RETURN QUERY SELECT false, existing.request_hash = hash, existing.result;
      END $f$`,
    `CREATE OR REPLACE FUNCTION journal.settle(claim_key text, claim_path text, outcome jsonb) RETURNS void LANGUAGE sql ${definer} AS $f$
      UPDATE journal.idempotency_key SET result = outcome
        WHERE district_id = access.district() AND account_id = access.account() AND key = claim_key AND path = claim_path AND result IS NULL
    $f$`,
    `CREATE OR REPLACE FUNCTION journal.entry_hash(previous text, e journal.audit_entry) RETURNS text LANGUAGE sql IMMUTABLE AS $f$
      SELECT encode(sha256(convert_to((jsonb_build_array(previous, e.id, e.district_id, extract(epoch FROM e.created_at), e.created_by, e.person_id, e.operation, e.reason,
        e.version, extract(epoch FROM e.updated_at), e.updated_by, extract(epoch FROM e.archived_at), e.request_id, e.action, e.record_type, e.record_id, e.record_version, e.changes, e.position)
        || CASE WHEN e.delegation_id IS NULL THEN '[]'::jsonb ELSE jsonb_build_array(e.delegation_id) END)::text, 'UTF8')), 'hex')
    $f$`,
    `CREATE OR REPLACE FUNCTION journal.seal(most int DEFAULT 5000) RETURNS int LANGUAGE plpgsql ${definer} AS $f$
      DECLARE
        until xid8 := journal.certain();
        since xid8; e journal.audit_entry; link journal.chain; sealed int := 0; reached xid8;
      BEGIN
        SELECT xid INTO since FROM journal.horizon WHERE name = 'seal' FOR UPDATE;
        reached := until;
        FOR e IN SELECT * FROM journal.audit_entry a WHERE a.position IS NULL AND a.xid >= since AND a.xid < until ORDER BY a.xid, a.id LIMIT most LOOP
          SELECT * INTO link FROM journal.chain WHERE district_id = e.district_id;
          IF NOT FOUND THEN link := (e.district_id, 0, ''); END IF;
          e.position := link.position + 1;
          e.hash := journal.entry_hash(link.hash, e);
          UPDATE journal.audit_entry SET position = e.position, hash = e.hash WHERE district_id = e.district_id AND id = e.id;
          INSERT INTO journal.chain VALUES (e.district_id, e.position, e.hash)
            ON CONFLICT (district_id) DO UPDATE SET position = excluded.position, hash = excluded.hash;
          sealed := sealed + 1;
          IF sealed = most THEN reached := e.xid; END IF;
        END LOOP;
        UPDATE journal.horizon SET xid = reached WHERE name = 'seal';
        RETURN sealed;
      END $f$`,
    `CREATE OR REPLACE FUNCTION journal.relay(reader text, most int DEFAULT 1000)
      RETURNS TABLE (id uuid, district_id uuid, occurred_at timestamptz, record_type text, record_id uuid, record_version int, action text) LANGUAGE plpgsql ${definer} AS $f$
      DECLARE
        until xid8 := journal.certain();
        place journal.horizon; last_xid xid8; last_id uuid; taken int := 0;
      BEGIN
        INSERT INTO journal.horizon (name, xid) VALUES ('relay ' || reader, '0') ON CONFLICT DO NOTHING;
        SELECT * INTO place FROM journal.horizon h WHERE h.name = 'relay ' || reader FOR UPDATE;
        FOR id, district_id, occurred_at, record_type, record_id, record_version, action, last_xid IN
          SELECT o.id, o.district_id, o.occurred_at, o.record_type, o.record_id, o.record_version, o.action, o.xid FROM journal.outbox_event o
            WHERE o.xid < until AND (o.xid > place.xid OR (o.xid = place.xid AND (place.after IS NULL OR o.id > place.after)))
            ORDER BY o.xid, o.id LIMIT most
        LOOP
          taken := taken + 1;
          last_id := id;
          RETURN NEXT;
        END LOOP;
        IF taken > 0 THEN UPDATE journal.horizon h SET xid = last_xid, after = last_id WHERE h.name = place.name; END IF;
      END $f$`,
    // Names what transaction numbers mean here: the server, the database, its outbox and the server's history (another one after a recovery
    // to an earlier time, or a failover that may have lost the last transactions). No copy of the rows carries it with them.
    `CREATE OR REPLACE FUNCTION journal.epoch() RETURNS text LANGUAGE sql STABLE AS $f$
      SELECT left(encode(sha256(convert_to(concat_ws('.', (SELECT system_identifier FROM pg_control_system()), (SELECT oid FROM pg_database WHERE datname = current_database()),
        'journal.outbox_event'::regclass::oid, left(pg_walfile_name(pg_current_wal_lsn()), 8)), 'UTF8')), 'hex'), 16)
    $f$`,
    `CREATE OR REPLACE FUNCTION journal.head() RETURNS xid8 LANGUAGE sql STABLE ${definer} AS $f$ SELECT journal.certain() $f$`,
    `CREATE OR REPLACE FUNCTION journal.feed(after_xid xid8, after_id uuid, most int)
      RETURNS TABLE (xid xid8, id uuid, district_id uuid, record_type text, record_id uuid, record_version int, action text) LANGUAGE sql STABLE ${definer} AS $f$
      SELECT o.xid, o.id, o.district_id, o.record_type, o.record_id, o.record_version, o.action FROM journal.outbox_event o
        WHERE o.xid >= after_xid AND o.xid < (SELECT journal.certain()) AND (o.xid > after_xid OR after_id IS NULL OR o.id > after_id)
        ORDER BY o.xid, o.id LIMIT most
    $f$`,
    `CREATE OR REPLACE FUNCTION journal.verify(of_district uuid) RETURNS TABLE (entries bigint, broken_at bigint) LANGUAGE plpgsql STABLE ${definer} AS $f$
      DECLARE e journal.audit_entry; previous text := ''; expected bigint := 0; last journal.chain;
      BEGIN
        FOR e IN SELECT * FROM journal.audit_entry a WHERE a.district_id = of_district AND a.position IS NOT NULL ORDER BY a.position LOOP
          expected := expected + 1;
          IF e.position <> expected OR e.hash IS DISTINCT FROM journal.entry_hash(previous, e) THEN RETURN QUERY SELECT expected - 1, expected; RETURN; END IF;
          previous := e.hash;
        END LOOP;
        SELECT * INTO last FROM journal.chain WHERE district_id = of_district;
        IF coalesce(last.position, 0) <> expected OR coalesce(last.hash, '') <> previous THEN RETURN QUERY SELECT expected, expected + 1; RETURN; END IF;
        RETURN QUERY SELECT expected, NULL::bigint;
      END $f$`,
    `CREATE OR REPLACE FUNCTION journal.lag() RETURNS TABLE (unsealed bigint, unsettled bigint, seconds double precision) LANGUAGE sql STABLE ${definer} AS $f$
      SELECT (SELECT count(*) FROM journal.audit_entry WHERE position IS NULL), count(*),
        greatest(0, coalesce(extract(epoch FROM clock_timestamp() - min(o.occurred_at)), 0))::double precision
      FROM journal.outbox_event o WHERE o.xid >= (SELECT journal.certain())
    $f$`,
    // Null where the rows were brought from another server and nobody has migrated them yet: nothing may be written until then.
    `CREATE OR REPLACE FUNCTION journal.version() RETURNS text LANGUAGE sql STABLE ${definer} AS $f$
      SELECT fingerprint FROM journal.derived WHERE (SELECT server FROM journal.home) = (SELECT system_identifier::text FROM pg_control_system())
    $f$`,
    ...setAsideFunctions,
  ];
}

/** What the bare login may do with the journal: seal, verify and count, never write or read an entry. */
export function journalGrants(roles: RoleNames): string[] {
  return [`REVOKE ALL ON ALL FUNCTIONS IN SCHEMA access, journal, lookup FROM PUBLIC, ${roles.app}`, `GRANT USAGE ON SCHEMA access, journal TO ${roles.app}, ${roles.reader}`, `GRANT EXECUTE ON FUNCTION journal.seal(int), journal.verify(uuid), journal.relay(text, int), journal.head(), journal.epoch(), journal.feed(xid8, uuid, int), journal.lag(), journal.version() TO ${roles.app}`];
}
