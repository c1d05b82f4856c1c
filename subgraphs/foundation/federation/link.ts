/**
 * The first lines of every subgraph's SDL: which federation directives it uses, at one version.
 *
 * Federation's `@policy` is imported as `@hasRole`. Being federation's own directive, composition merges its rules over
 * subgraphs and refuses a path around them through `@requires`; a directive of our own would get none of that.
 */
export const federationHeader = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires", { name: "@policy", as: "@hasRole" }])
`;
