/** What Docker knows a user by: a name with a password, a refresh token for the token service, or a ready bearer token. */
export type Credentials =
  | { readonly kind: 'basic'; readonly username: string; readonly password: string }
  | { readonly kind: 'identity-token'; readonly token: string }
  | { readonly kind: 'registry-token'; readonly token: string };

/** The outcome of a search for credentials, with words for messages that never hold a secret. */
export type FoundCredentials = {
  /** Null to go on anonymously. */
  readonly credentials: Credentials | null;
  /** Where was looked: `/root/.docker/config.json`, `docker-credential-ecr-login`. */
  readonly place: string;
  /** Why nothing could be found out: `docker-credential-x is not on PATH`. */
  readonly trouble?: string;
};

/** A registry that credentials are wanted for; those for another scheme are not for it. */
export type CredentialQuestion = { readonly host: string; readonly scheme: 'http' | 'https' };

/** Looks the user's credentials for a registry up. */
export type FindCredentials = (question: CredentialQuestion) => Promise<FoundCredentials>;

/** Username that a credential helper gives with a refresh token instead of a password. */
export const identityTokenUser = '<token>';
