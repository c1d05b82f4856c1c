export async function buildClient(_: unknown): Promise<void> {}
