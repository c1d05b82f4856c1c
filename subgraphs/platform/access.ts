import { access, ofDistrict, ofPerson, ofStudent, read, readWrite, write } from "#foundation/access/access";
import { atSchool, district, familyAtSchool, guardian, member, onDuty, ownRights, self } from "#foundation/access/relations";
import { Role } from "#foundation/identity/role";

/** The portal roles: together, everybody who belongs to the district. Holders of a duty carry `staff` too. */
export const everyone = [Role.Admin, Role.Staff, Role.Teacher, Role.Parent, Role.Student];

export const districts = access(ofDistrict(), [read(everyone, member), read(Role.Superintendent, district), readWrite(Role.Admin, district)]);

export const accounts = access({ account: "id" }, [
  read(everyone, self),
  read([Role.Superintendent, Role.Auditor], district),
  readWrite(Role.Admin, district).exceptSelf("personId"),
  read(Role.Admin, district),
]);

/** Her own are hers to give and take back; an administrator takes back anybody's, and those who answer for the district see them. */
export const delegations = access({ account: "account" }, [
  readWrite(everyone, self),
  read([Role.Superintendent, Role.Auditor], district),
  readWrite(Role.Admin, district),
]);

/** Who invites the families of a school; the administrator invites everybody. */
export const inviters = [Role.Registrar, Role.Principal];

/** Only the operations write invitations: a code makes its user the person. */
export const accountInvitations = access(ofPerson("personId"), [read(inviters, familyAtSchool), read([Role.Admin, Role.Superintendent, Role.Auditor], district)]);

/** Sign-ins that wait for the office. The address may be anybody's: the district's administrator and registrar see to it. */
export const unlinkedSignIns = access(ofDistrict(), [read([Role.Admin, Role.Registrar, Role.Auditor], district)]);

/** The log holds old and new values of every record, of those too that are closed to who leads the district: it is the auditor's alone. */
export const auditEntries = access(ofDistrict(), [read(Role.Auditor, district)]);

/** Who signs for the district: its head, and who keeps its student records. */
export const signers = [Role.Superintendent, Role.Registrar];

/** With whom the district shares what. Schools must know whose consents they collect; families read what went, in the disclosures. */
export const agreements = access(ofDistrict(), [read([Role.Principal, Role.Registrar], onDuty), readWrite(signers, district), read([Role.Admin, Role.Auditor], district)]);

/** Public by law: families are told what is directory information before any goes. */
export const directoryPolicies = access(ofDistrict(), [read(everyone, member), readWrite(signers, district)]);

/** 34 CFR 99.32(c): the parent or the student who holds the rights, whoever keeps the records, and auditors. Written by exports alone. */
export const disclosures = access(ofStudent("studentId"), [
  read(Role.Student, ownRights), read(Role.Parent, guardian("education")),
  read([Role.Principal, Role.Registrar], atSchool), read([Role.Registrar, Role.Superintendent, Role.Auditor], district),
]);

/** Lets data go, so nobody enters her own family's. */
export const disclosureConsents = access(ofStudent("studentId", { person: "personId" }), [
  read(Role.Student, self), read(Role.Parent, guardian("education")),
  read(Role.Principal, atSchool),
  read(Role.Registrar, atSchool, district), write(Role.Registrar, atSchool, district).exceptSelf("personId"),
]);

/** Who brings files of other systems: whoever takes them over into the records. */
export const bringers = [Role.Registrar];

/** Each her own, made for her or brought by her. Auditors see which files there were; nobody but the owner gets what is in one. */
export const storedFiles = access({ account: "account" }, [read(everyone, self), readWrite(bringers, self), read(Role.Auditor, district)]);
