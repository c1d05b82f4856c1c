export { Metrics, metricsType } from "#foundation/serving/metrics";
