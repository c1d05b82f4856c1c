import type { Readiness } from "#foundation/serving/readiness";

/** Something behind the gateway: whether it can answer, and what is to be told of it. */
export interface ReadinessCheck {
  readonly check: (signal: AbortSignal) => Promise<Readiness>;
  /** Milliseconds for which an answer is good, 1,000 unless told. */
  readonly goodForMs?: number;
  /** What is said where the check itself takes longer than it may. */
  readonly late: string;
}

/** Milliseconds that a check may take. */
const patienceMs = 3_000;

/** Whether everything behind the gateway can answer. All is asked at once; many who ask share one look. */
export function readinessOf(checks: readonly ReadinessCheck[], now: () => number = () => performance.now()): () => Promise<Readiness> {
  const looks = checks.map(({ check, goodForMs = 1_000, late }) => {
    let last: { until: number; state: Promise<Readiness> } | null = null;
    return () => {
      if (last && now() < last.until) return last.state;
      const state = check(AbortSignal.timeout(patienceMs)).catch(() => because(late));
      last = { until: now() + goodForMs, state };
      return state;
    };
  });
  return async () => {
    const states = await Promise.all(looks.map((look) => look()));
    return { ok: states.every(({ ok }) => ok), reasons: states.flatMap(({ reasons }) => reasons) };
  };
}

const well: Readiness = { ok: true, reasons: [] };
const because = (reason: string): Readiness => ({ ok: false, reasons: [reason] });

/** A subgraph in a process of its own, asked for its own readiness. */
export function subgraphCheck(name: string, url: string): ReadinessCheck {
  const address = new URL("/health/ready", url);
  const silent = `The subgraph ${name} does not answer.`;
  return {
    late: silent,
    check: async (signal) => {
      const reply = await fetch(address, { signal });
      if (reply.ok) {
        await reply.arrayBuffer();
        return well;
      }
      const { reasons } = (await reply.json()) as { reasons?: unknown };
      return because(`The subgraph ${name} is not ready: ${Array.isArray(reasons) ? reasons.join(" ") : `it answers ${reply.status}.`}`);
    },
  };
}

/** The OpenID Connect issuer: without it nobody can sign in, and new keys cannot be learned. */
export function issuerCheck(issuer: string): ReadinessCheck {
  const silent = "The identity provider does not answer: nobody can sign in.";
  return {
    late: silent,
    goodForMs: 10_000,
    check: async (signal) => {
      const reply = await fetch(`${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`, { signal, redirect: "error" });
      await reply.arrayBuffer();
      return reply.ok ? well : because(`The identity provider answers ${reply.status}: check OIDC_ISSUER.`);
    },
  };
}
