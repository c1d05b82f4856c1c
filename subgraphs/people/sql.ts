/** The row `alias` holds today: not archived, and today lies in its half-open span. */
export const inEffect = (alias: string): string =>
  `${alias}.archived_at IS NULL AND ${alias}.from_date <= (SELECT access.today()) AND (${alias}.to_date IS NULL OR ${alias}.to_date > (SELECT access.today()))`;

/** The caller's duties today that the grant names and the token carries: the token's role is the ceiling, the duty is the reach. */
export const callersDuties = `people.duty_assignment d WHERE d.person_id = (SELECT access.person()) AND ${inEffect("d")}
  AND translate(lower(d.role), '_', '-') = ANY (roles) AND translate(lower(d.role), '_', '-') = ANY ((SELECT access.roles())::text[])`;

/**
 * The federal roll-up of the two-part question: Hispanic or Latino of any race; else two or more races; else the one race. Null while
 * the first part is unanswered, or the second part is where it decides.
 */
const raceEthnicity = `CREATE OR REPLACE FUNCTION people.roll_up_race_ethnicity() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $f$
DECLARE
  races text[] := array_remove(ARRAY[
    CASE WHEN NEW.american_indian_or_alaska_native THEN 'AMERICAN_INDIAN_OR_ALASKA_NATIVE' END,
    CASE WHEN NEW.asian THEN 'ASIAN' END,
    CASE WHEN NEW.black_or_african_american THEN 'BLACK_OR_AFRICAN_AMERICAN' END,
    CASE WHEN NEW.native_hawaiian_or_other_pacific_islander THEN 'NATIVE_HAWAIIAN_OR_OTHER_PACIFIC_ISLANDER' END,
    CASE WHEN NEW.white THEN 'WHITE' END], NULL);
BEGIN
  NEW.race_ethnicity := CASE
    WHEN NEW.hispanic_or_latino THEN 'HISPANIC_OR_LATINO'
    WHEN NEW.hispanic_or_latino IS NULL THEN NULL
    WHEN cardinality(races) > 1 THEN 'TWO_OR_MORE_RACES'
    ELSE races[1] END;
  RETURN NEW;
END $f$`;

export const repeatableSql: readonly string[] = [
  raceEthnicity,
  `CREATE OR REPLACE TRIGGER person_demographics_race_ethnicity BEFORE INSERT OR UPDATE ON people.person_demographics
  FOR EACH ROW EXECUTE FUNCTION people.roll_up_race_ethnicity()`,
];
