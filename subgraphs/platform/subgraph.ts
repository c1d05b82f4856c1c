import { subgraph } from "#foundation/federation/manifest";
import { AccountInvitation } from "./entities/account-invitation.ts";
import { Account } from "./entities/account.ts";
import { AgreementSchool } from "./entities/agreement-school.ts";
import { Agreement } from "./entities/agreement.ts";
import { AuditEntry } from "./entities/audit-entry.ts";
import { Delegation } from "./entities/delegation.ts";
import { DirectoryPolicy } from "./entities/directory-policy.ts";
import { DisclosureConsent } from "./entities/disclosure-consent.ts";
import { Disclosure } from "./entities/disclosure.ts";
import { District } from "./entities/district.ts";
import { StoredFile } from "./entities/stored-file.ts";
import { UnlinkedSignIn } from "./entities/unlinked-sign-in.ts";
import { storedFileDownloadUrl, storedFileUploadUrl } from "./fields/stored-file-links.ts";
import { answerFiles } from "./files/answer-files.ts";
import { Student } from "./foreign.ts";
import { oftenEnough, removeExpiredFiles } from "./jobs/remove-expired-files.ts";
import { lookups } from "./lookups.ts";
import { acceptInvitation } from "./operations/accept-invitation.ts";
import { accessRules } from "./operations/access-rules.ts";
import { changedRecords } from "./changed-records.ts";
import { connectSystem } from "./operations/agreements/connect-system.ts";
import { endAgreement } from "./operations/agreements/end-agreement.ts";
import { signAgreement } from "./operations/agreements/sign-agreement.ts";
import { delegate } from "./operations/delegations/delegate.ts";
import { revokeDelegation } from "./operations/delegations/revoke-delegation.ts";
import { requestUpload } from "./operations/files/request-upload.ts";
import { inviteToSignIn } from "./operations/invite-to-sign-in.ts";
import { linkSignIn } from "./operations/link-sign-in.ts";
import { me } from "./operations/me.ts";
import { unlinkAccount } from "./operations/unlink-account.ts";
import { withdrawInvitation } from "./operations/withdraw-invitation.ts";
import { relations } from "./relations.ts";
import { linkByEmail } from "./sign-in/link-by-email.ts";
import { repeatableSql } from "./sql.ts";

export const platform = subgraph({
  name: "platform",
  description: "The district itself, who signs in to it, and the record of what they did.",
  records: [District, Account, AccountInvitation, Delegation, UnlinkedSignIn, AuditEntry, DirectoryPolicy, Agreement, AgreementSchool, DisclosureConsent, Disclosure, StoredFile],
  connections: [
    { on: Student, name: "disclosures", of: Disclosure, via: "studentId", description: "What personal information of the student went to whom outside of the district (34 CFR 99.32)." },
    { on: Student, name: "disclosureConsents", of: DisclosureConsent, via: "studentId", description: "Consents to data about the student going to parties outside of the district." },
  ],
  operations: [me, accessRules, delegate, revokeDelegation, inviteToSignIn, acceptInvitation, withdrawInvitation, linkSignIn, unlinkAccount, signAgreement, endAgreement, connectSystem, requestUpload],
  fields: [storedFileUploadUrl, storedFileDownloadUrl],
  keepsFiles: StoredFile,
  http: { prefix: "/files/", open: answerFiles },
  jobs: [removeExpiredFiles],
  schedules: [oftenEnough],
  orchestrates: ["platform"],
  linkSignIn: linkByEmail,
  lookups,
  relations,
  movesRights: [Agreement, DisclosureConsent],
  changedRecords,
  repeatableSql,
  loginFunctions: ["access.account_of(text, text)", "access.note_sign_in(uuid, text[], timestamptz)", "access.delegated(uuid)", "access.districts_with_email(text)", "access.district_of_invitation(text)", "access.try_code(text, text, timestamptz)", "access.district_zones()"],
  districtZones: "SELECT id, time_zone FROM access.district_zones()",
  migrations: new URL("./migrations/", import.meta.url),
});
