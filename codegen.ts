import { addTypenameSelectionDocumentTransform } from "@graphql-codegen/client-preset";
import type { CodegenConfig } from "@graphql-codegen/cli";

/** Types every query of the client against the public schema. `npm run generate` writes client/src/generated; it is never edited. */
const config: CodegenConfig = {
  schema: "schema/api.graphql",
  documents: ["client/src/**/*.{ts,tsx}", "!client/src/generated/**"],
  ignoreNoDocuments: false,
  generates: {
    "client/src/generated/": {
      preset: "client",
      // The cache finds what changed by type names; asked for here, so that the text that is hashed is the text that is answered.
      documentTransforms: [addTypenameSelectionDocumentTransform],
      presetConfig: { fragmentMasking: false, persistedDocuments: { hashPropertyName: "documentId" } },
      config: {
        enumType: "string-literal",
        enumsAsTypes: true,
        useTypeImports: true,
        emitLegacyCommonJSImports: false,
        importExtension: ".ts",
        avoidOptionals: { field: true },
        strictScalars: true,
        scalars: {
          ID: { input: "string", output: "string" },
          Day: "string",
          Instant: "string",
          TimeOfDay: "string",
          Decimal: "string",
          JSON: "unknown",
        },
      },
    },
  },
};

export default config;
