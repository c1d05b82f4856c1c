import { contractOfDomain } from "./contract-of-domain.ts";

await contractOfDomain("grading");
