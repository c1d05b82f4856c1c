import { callable, type RepeatableSql } from "#foundation/federation/manifest";

/** A section is taught in its terms; without any, for the whole school year. Its first and end day are kept beside it for whoever asks often. */
export const spans: readonly RepeatableSql[] = [
  // Terms that follow one another, or lie inside one another, are one span.
  callable("academics.spans_of(academics.section)", ["reader"], `CREATE OR REPLACE FUNCTION academics.spans_of(section academics.section) RETURNS TABLE (first_day date, end_day date) LANGUAGE sql STABLE AS $f$
  SELECT lower(r.span), upper(r.span) FROM unnest(coalesce(
    (SELECT range_agg(daterange(t.first_day, t.end_day)) FROM academics.section_term st JOIN schools.term t ON t.district_id = st.district_id AND t.id = st.term_id
      WHERE st.district_id = section.district_id AND st.section_id = section.id AND st.archived_at IS NULL),
    (SELECT datemultirange(daterange(y.first_day, y.end_day)) FROM schools.school_year y WHERE y.district_id = section.district_id AND y.id = section.school_year_id))) AS r(span) $f$`),

  `CREATE OR REPLACE FUNCTION academics.take_span() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $f$
BEGIN
  SELECT min(s.first_day), max(s.end_day) INTO NEW.first_day, NEW.end_day FROM academics.spans_of(NEW) s;
  RETURN NEW;
END $f$`,
  `CREATE OR REPLACE TRIGGER section_span BEFORE INSERT OR UPDATE ON academics.section FOR EACH ROW EXECUTE FUNCTION academics.take_span()`,

  `CREATE OR REPLACE FUNCTION academics.require_fitting_term() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $f$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM academics.section s JOIN schools.term t ON t.district_id = s.district_id AND t.id = NEW.term_id
      WHERE s.district_id = NEW.district_id AND s.id = NEW.section_id AND t.school_year_id = s.school_year_id AND coalesce(t.school_id, s.school_id) = s.school_id) THEN
    RAISE EXCEPTION 'The term belongs to another school or school year. Choose one of the section''s year, of its school or of the whole district.'
      USING ERRCODE = 'check_violation', SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME, COLUMN = 'term_id', CONSTRAINT = 'section_term_term_id_fitting_check';
  END IF;
  RETURN NEW;
END $f$`,
  `CREATE OR REPLACE TRIGGER section_term_fitting BEFORE INSERT ON academics.section_term FOR EACH ROW EXECUTE FUNCTION academics.require_fitting_term()`,

  `CREATE OR REPLACE FUNCTION academics.refuse_archiving_with_students() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $f$
BEGIN
  IF EXISTS (SELECT 1 FROM academics.section_enrollment e WHERE e.district_id = NEW.district_id AND e.section_id = NEW.id AND e.archived_at IS NULL) THEN
    RAISE EXCEPTION 'Students are or were on the roster of this section, so it is part of their history. Drop those who are still on it; leave the section as it is.'
      USING ERRCODE = 'check_violation', SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME, CONSTRAINT = 'section_archived_with_students_check';
  END IF;
  RETURN NEW;
END $f$`,
  `CREATE OR REPLACE TRIGGER section_archived_with_students BEFORE UPDATE OF archived_at ON academics.section
  FOR EACH ROW WHEN (OLD.archived_at IS NULL AND NEW.archived_at IS NOT NULL) EXECUTE FUNCTION academics.refuse_archiving_with_students()`,
];
