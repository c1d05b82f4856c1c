/**
 * Scores follow their assignments, in the transaction that writes either: whether they are hidden, and how many points there can be. Neither
 * counts a new version of the score: nobody changed it. The assignments are locked meanwhile, so that their points do not change beneath.
 */
const scoresFollowAssignments = [
  `CREATE OR REPLACE FUNCTION grading.show_unless_hidden() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $f$
BEGIN
  NEW.hidden := false;
  RETURN NEW;
END $f$`,
  `CREATE OR REPLACE TRIGGER score_hidden BEFORE INSERT ON grading.score FOR EACH ROW WHEN (NEW.hidden IS NULL) EXECUTE FUNCTION grading.show_unless_hidden()`,
  `CREATE OR REPLACE FUNCTION grading.follow_assignments() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $f$
BEGIN
  PERFORM 1 FROM grading.assignment a WHERE (a.district_id, a.id) IN (SELECT c.district_id, c.assignment_id FROM changed c) ORDER BY a.id FOR SHARE;
  IF EXISTS (SELECT 1 FROM changed c JOIN grading.assignment a ON a.district_id = c.district_id AND a.id = c.assignment_id WHERE c.points > a.points_possible AND NOT a.extra_credit) THEN
    RAISE EXCEPTION 'The points are more than the assignment''s points possible. Send fewer, or make the assignment extra credit.'
      USING ERRCODE = 'check_violation', SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME, COLUMN = 'points', CONSTRAINT = 'score_points_possible_check';
  END IF;
  IF TG_OP = 'INSERT' THEN
    UPDATE grading.score s SET hidden = true FROM changed c JOIN grading.assignment a ON a.district_id = c.district_id AND a.id = c.assignment_id
      WHERE s.district_id = c.district_id AND s.id = c.id AND a.hidden;
  END IF;
  RETURN NULL;
END $f$`,
  ...["INSERT", "UPDATE"].map((event) => `CREATE OR REPLACE TRIGGER score_follows_assignment_${event.toLowerCase()} AFTER ${event} ON grading.score
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION grading.follow_assignments()`),
  `CREATE OR REPLACE FUNCTION grading.lead_scores() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $f$
BEGIN
  IF NOT NEW.extra_credit AND EXISTS (SELECT 1 FROM grading.score s
    WHERE s.district_id = NEW.district_id AND s.assignment_id = NEW.id AND s.archived_at IS NULL AND s.points > NEW.points_possible) THEN
    RAISE EXCEPTION 'Some scores are above these points. Correct the scores first, or make the assignment extra credit.'
      USING ERRCODE = 'check_violation', SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME, COLUMN = 'points_possible', CONSTRAINT = 'assignment_points_possible_scores_check';
  END IF;
  UPDATE grading.score SET hidden = NEW.hidden WHERE district_id = NEW.district_id AND assignment_id = NEW.id AND hidden <> NEW.hidden;
  RETURN NULL;
END $f$`,
  `CREATE OR REPLACE TRIGGER assignment_leads_scores AFTER UPDATE OF hidden, points_possible, extra_credit ON grading.assignment FOR EACH ROW EXECUTE FUNCTION grading.lead_scores()`,
];

/** Grading periods and terms belong to a school or to the whole district: a row of one school never names another school's. */
const timeOfSchool = [
  `CREATE OR REPLACE FUNCTION grading.require_time_of_school() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $f$
DECLARE
  period uuid := (to_jsonb(NEW) ->> 'grading_period_id')::uuid;
  term uuid := (to_jsonb(NEW) ->> 'term_id')::uuid;
BEGIN
  IF EXISTS (SELECT 1 FROM schools.grading_period p WHERE p.district_id = NEW.district_id AND p.id = period AND p.school_id <> NEW.school_id)
    OR EXISTS (SELECT 1 FROM schools.term t WHERE t.district_id = NEW.district_id AND t.id = term AND t.school_id <> NEW.school_id) THEN
    RAISE EXCEPTION 'The % belongs to another school. Choose one of the same school.', CASE WHEN period IS NULL THEN 'term' ELSE 'grading period' END
      USING ERRCODE = 'check_violation', SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME, COLUMN = CASE WHEN period IS NULL THEN 'term_id' ELSE 'grading_period_id' END,
        CONSTRAINT = TG_TABLE_NAME || CASE WHEN period IS NULL THEN '_term_id' ELSE '_grading_period_id' END || '_same_school_check';
  END IF;
  RETURN NEW;
END $f$`,
  ...[["assignment", "grading_period_id, school_id"], ["grading_window", "grading_period_id, term_id, school_id"], ["mark", "grading_period_id, term_id, school_id"]].map(
    ([table, columns]) => `CREATE OR REPLACE TRIGGER ${table}_time_of_school BEFORE INSERT OR UPDATE OF ${columns} ON grading.${table}
  FOR EACH ROW EXECUTE FUNCTION grading.require_time_of_school()`,
  ),
];

/** Nothing but the note that it is outdated is ever written on an issued document, whoever writes; a merge may say that two students are one. */
const issuedIsFrozen = [
  `CREATE OR REPLACE FUNCTION grading.refuse_change_of_issued() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $f$
BEGIN
  IF (OLD.school_id, OLD.kind, OLD.grading_period_id, OLD.series, OLD.edition, OLD.reason, OLD.issued_at, OLD.issued_by_id, OLD.figures, OLD.source_ids)
    IS DISTINCT FROM (NEW.school_id, NEW.kind, NEW.grading_period_id, NEW.series, NEW.edition, NEW.reason, NEW.issued_at, NEW.issued_by_id, NEW.figures, NEW.source_ids) THEN
    RAISE EXCEPTION 'An issued document never changes. Issue a new edition.'
      USING ERRCODE = 'check_violation', SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME, COLUMN = 'figures', CONSTRAINT = 'issued_document_figures_frozen_check';
  END IF;
  RETURN NEW;
END $f$`,
  `CREATE OR REPLACE TRIGGER issued_document_frozen BEFORE UPDATE ON grading.issued_document FOR EACH ROW EXECUTE FUNCTION grading.refuse_change_of_issued()`,
];

export const repeatableSql: readonly string[] = [...scoresFollowAssignments, ...timeOfSchool, ...issuedIsFrozen];
