/** A backup cannot be made here, or not be restored. The message says why and what to do. */
export class BackupRefused extends Error {
  override readonly name = "BackupRefused";
  readonly code = "BACKUP_REFUSED";
}
