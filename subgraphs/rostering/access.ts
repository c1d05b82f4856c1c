import { access, ofDistrict, read } from "#foundation/access/access";
import { district } from "#foundation/access/relations";
import { Role } from "#foundation/identity/role";

/** How other systems name the district's records: for those who keep the connections between systems. Only imports write it. */
export const externalIdentifiers = access(ofDistrict(), [read([Role.Registrar, Role.Admin], district)]);
