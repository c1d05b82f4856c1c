/** The part of oidc-provider's interface that the embedded provider uses; the package ships no types. */
declare module "oidc-provider" {
  import type { IncomingMessage, ServerResponse } from "node:http";
  import type { JWK } from "jose";

  export interface AdapterPayload {
    [key: string]: unknown;
    uid?: string;
    grantId?: string;
    consumed?: unknown;
  }

  export interface Adapter {
    upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void>;
    find(id: string): Promise<AdapterPayload | undefined>;
    findByUid(uid: string): Promise<AdapterPayload | undefined>;
    findByUserCode(userCode: string): Promise<AdapterPayload | undefined>;
    consume(id: string): Promise<void>;
    destroy(id: string): Promise<void>;
    revokeByGrantId(grantId: string): Promise<void>;
  }

  export interface Client {
    readonly clientId: string;
    readonly clientName?: string;
    redirectUriAllowed(value: string): boolean;
    postLogoutRedirectUriAllowed(value: string): boolean;
    grantTypeAllowed(type: string): boolean;
  }

  export interface Grant {
    readonly jti: string;
    addOIDCScope(scope: string): void;
    addResourceScope(resource: string, scope: string): void;
    save(ttl?: number): Promise<string>;
    destroy(): Promise<void>;
  }

  export interface Session {
    readonly uid: string;
    readonly new?: boolean;
    accountId?: string;
    state?: Record<string, unknown>;
    authorizations?: Record<string, { sid?: string; grantId?: string }>;
    grantIdFor(clientId: string): string | undefined;
    sidFor(clientId: string): string | undefined;
    persist(): Promise<unknown>;
    destroy(): Promise<void>;
  }

  export interface Token {
    readonly kind: string;
    readonly clientId: string;
    readonly accountId?: string;
    readonly sid?: string;
    readonly sessionUid?: string;
  }

  export interface Interaction {
    readonly uid: string;
    readonly returnTo: string;
    readonly prompt: { name: string };
    readonly params: Record<string, unknown>;
    readonly session?: { uid: string; accountId?: string };
  }

  export interface OidcContext {
    readonly route: string;
    readonly client?: Client;
    readonly session?: Session;
    readonly provider: Provider;
    readonly params?: Record<string, unknown>;
    readonly result?: { consent?: { grantId?: string } };
    readonly entities: { IdTokenHint?: { payload: Record<string, unknown> } };
    readonly account?: { accountId: string };
  }

  export interface Context {
    readonly oidc: OidcContext;
    readonly req: IncomingMessage;
    readonly res: ServerResponse;
    readonly path: string;
    status: number;
    type: string;
    body: unknown;
    readonly cookies: { set(name: string, value: string | null, options?: object): void };
    set(name: string, value: string): void;
    redirect(url: string): void;
  }

  interface Model<T> {
    find(id: string): Promise<T | undefined>;
  }
  interface Revocable {
    revokeByGrantId(grantId: string): Promise<void>;
  }

  export class Provider {
    constructor(issuer: string, configuration: object);
    readonly issuer: string;
    proxy: boolean;
    readonly Client: { prototype: Client } & Model<Client>;
    readonly Grant: { new (properties: { accountId: string; clientId: string }): Grant } & Model<Grant>;
    readonly Session: Model<Session> & { findByUid(uid: string): Promise<Session | undefined> };
    readonly RefreshToken: Revocable;
    readonly AuthorizationCode: Revocable;
    callback(): (req: IncomingMessage, res: ServerResponse) => Promise<void>;
    use(middleware: (context: Context, next: () => Promise<void>) => Promise<void>): void;
    on(event: string, listener: (context: Context, error: Error) => void): this;
    cookieName(type: "session" | "interaction" | "resume"): string;
    interactionDetails(req: IncomingMessage, res: ServerResponse): Promise<Interaction>;
    interactionResult(req: IncomingMessage, res: ServerResponse, result: object, options?: { mergeWithLastSubmission?: boolean }): Promise<string>;
  }

  export const errors: { OIDCProviderError: new (...args: never[]) => Error & { error: string; error_description?: string; statusCode: number }; SessionNotFound: new (...args: never[]) => Error };

  interface Policy extends Array<{ name: string }> {
    remove(name: string): void;
  }
  export const interactionPolicy: { base(): Policy };
  export type { JWK };
}
