import type { Database } from "#foundation/persistence/pool";

export interface InstalledDistrict {
  id: string;
  code: string;
  name: string;
  timeZone: string;
}

/** The districts of the installation, by code. For commands, which run before any district is chosen. */
export async function installedDistricts(database: Database): Promise<InstalledDistrict[]> {
  const { rows } = await database.pool.query<{ id: string; code: string; name: string; time_zone: string }>("SELECT id, code, name, time_zone FROM access.installed_districts()");
  return rows.map(({ time_zone: timeZone, ...district }) => ({ ...district, timeZone }));
}
