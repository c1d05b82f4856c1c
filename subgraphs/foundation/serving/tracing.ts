import type { Attributes, Span } from "@opentelemetry/api";
import type { Config } from "../config/config.ts";

/** A piece of work in a trace. Its attributes are names of parts, codes and numbers: nothing that anybody sent, and nobody's name. */
export interface Traced {
  /** Names this piece to another process, in a header of that name. */
  readonly traceparent: string;
  /** A piece within it; `client` where another part is asked and waited for. */
  child(name: string, attributes?: Attributes, kind?: "inside" | "client"): Traced;
  /** A piece that follows from this one, maybe long after it: a trace of its own, linked to it. */
  linked(name: string): Traced;
  /** @param failure a code, where it failed. */
  end(attributes?: Attributes, failure?: string): void;
}

/** Where the pieces go. */
export interface Tracing {
  /** A piece that another process or a client asked for; goes on with their trace where they name one. */
  begin(name: string, traceparent?: string | string[]): Traced;
  /** Sends what is left, for two seconds at most. */
  stop(): Promise<void>;
}

const parentPattern = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/;

/** Traces by OpenTelemetry to the collector of the settings, over OTLP. Null, and nothing of it loaded, where they name none. */
export async function openTracing(settings: Config["tracing"], service: string): Promise<Tracing | null> {
  if (settings === null) return null;
  const [{ context, SpanKind, SpanStatusCode, trace, TraceFlags }, { BasicTracerProvider, BatchSpanProcessor, TraceIdRatioBasedSampler }, { OTLPTraceExporter }, { Resource }] = await Promise.all([
    import("@opentelemetry/api"),
    import("@opentelemetry/sdk-trace-base"),
    import("@opentelemetry/exporter-trace-otlp-http"),
    import("@opentelemetry/resources"),
  ]);
  const provider = new BasicTracerProvider({
    resource: new Resource({ "service.namespace": "osss", "service.name": `osss-${service}` }),
    mergeResourceWithDefaults: false,
    // By the trace's id alone: every process decides alike, and no caller can ask for more.
    sampler: new TraceIdRatioBasedSampler(settings.ratio),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url: `${settings.url}/v1/traces`, headers: settings.headers, timeoutMillis: 5_000 }), { scheduledDelayMillis: 1_000 })],
  });
  const tracer = provider.getTracer("osss");
  const none = context.active();
  const traced = (span: Span): Traced => ({
    get traceparent() {
      const { traceId, spanId, traceFlags } = span.spanContext();
      return `00-${traceId}-${spanId}-0${traceFlags & TraceFlags.SAMPLED}`;
    },
    child: (name, attributes, kind) => traced(tracer.startSpan(name, { attributes, kind: kind === "client" ? SpanKind.CLIENT : SpanKind.INTERNAL }, trace.setSpan(none, span))),
    linked: (name) => traced(tracer.startSpan(name, { kind: SpanKind.CONSUMER, links: [{ context: span.spanContext() }] }, none)),
    end(attributes, failure) {
      if (attributes) span.setAttributes(attributes);
      if (failure !== undefined) span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute("error.type", failure);
      span.end();
    },
  });
  return {
    begin(name, traceparent) {
      const [, traceId, spanId] = (typeof traceparent === "string" && parentPattern.exec(traceparent)) || [];
      const parent = traceId === undefined ? none : trace.setSpanContext(none, { traceId, spanId: spanId!, traceFlags: TraceFlags.SAMPLED, isRemote: true });
      return traced(tracer.startSpan(name, { kind: SpanKind.SERVER }, parent));
    },
    async stop() {
      let timer: NodeJS.Timeout | undefined;
      await Promise.race([provider.shutdown().catch(() => undefined), new Promise((resolve) => (timer = setTimeout(resolve, 2_000)))]);
      clearTimeout(timer);
    },
  };
}
