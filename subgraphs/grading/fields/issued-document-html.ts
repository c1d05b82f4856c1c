import { sql } from "kysely";
import { computed } from "#foundation/crud/computed";
import { rolesFor } from "#foundation/access/access";
import { issuedDocuments } from "../access.ts";
import type { DocumentFigures } from "../documents/figures.ts";
import type { Edition } from "../documents/page.ts";
import { reportCardPage } from "../documents/report-card-page.ts";
import { transcriptPage } from "../documents/transcript-page.ts";
import { IssuedDocument } from "../entities/issued-document.ts";

interface Row extends Edition {
  id: string;
  figures: DocumentFigures;
}

export const issuedDocumentHtml = computed({
  on: IssuedDocument,
  name: "html",
  description: "The document as a complete HTML page for US Letter paper, made from its frozen figures alone: it needs no script, font or image from elsewhere. It says when a later edition has replaced it, or when something in it has changed since.",
  roles: rolesFor(issuedDocuments, "read"),
  returns: "String",
  async resolve(call, ids) {
    const rows = await call.ask(sql<Row>`SELECT d.id, d.figures, d.edition, d.reason, d.outdated_reason AS "outdatedReason", EXISTS (SELECT 1 FROM grading.issued_document later WHERE later.series = d.series AND later.edition > d.edition AND later.archived_at IS NULL) AS superseded
      FROM grading.issued_document d WHERE d.id = ANY (${[...ids]}::uuid[])`);
    return new Map(rows.map((row) => [row.id, row.figures.kind === "TRANSCRIPT" ? transcriptPage(row.figures, row) : reportCardPage(row.figures, row)]));
  },
});
