/** Cases that this gateway answers otherwise than the suite asks, each with the reason. Any other that fails is a fault. */
export const knownFailures: Readonly<Record<string, string>> = {
  "keys-mashup#0": "the planner asks for an entity by a key that its subgraph declares not resolvable",
  "non-resolvable-interface-object#1": "a field that no subgraph can be asked for answers null beneath its parent, where the suite wants the operation refused",
  "requires-with-argument-conflict#0": "the planner asks once for a field that two others require with different arguments",
};
