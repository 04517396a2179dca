import { UserError } from '../../user-error.ts';
import type { BlobSource } from '../blob-source.ts';
import { isDigest } from '../digest.ts';
import { maxJsonBytes } from '../json-blob.ts';
import type { Descriptor } from '../manifest.ts';
import { digestOf, verifySame } from '../verify.ts';
import { Authorizer } from './authorizer.ts';
import { chooseBase } from './choose-base.ts';
import { defaultPatience, type Patience, type RegistryEffects } from './effects.ts';
import { loginCommand } from './login-command.ts';
import { formatReference, parseRegistryReference, type RegistryReference } from './reference.ts';
import { fetchManifest, registrySource } from './registry-source.ts';
import { rememberSmall } from './remember-small.ts';
import { rootType } from './root-type.ts';
import type { Session } from './session.ts';

export type RegistryOptions = {
  /** Speak without TLS to a host that is not this machine. */
  readonly plainHttp?: boolean;
  /** Ends what is asked for documents; each layer has its own signal. */
  readonly signal?: AbortSignal;
  readonly patience?: Patience;
};

/** What `readImage` needs: where the blobs are, and the one manifest or index that the reference means. */
export type RegistryImage = { readonly source: BlobSource; readonly roots: readonly [Descriptor] };

/** Opens what stands behind `docker://` (`alpine:3`, `ghcr.io/owner/app@sha256:…`). Only its top manifest is fetched here. */
export async function openRegistryImage(
  text: string,
  effects: RegistryEffects,
  { plainHttp = false, patience = defaultPatience, signal = new AbortController().signal }: RegistryOptions = {},
): Promise<RegistryImage> {
  const reference = parseRegistryReference(text);
  const { host, repository: name } = reference;
  const base = await chooseBase({ host, plainHttp, effects, patience, signal });
  const repository = { host, base, name };
  const session = { repository, authorizer: new Authorizer(repository, effects), effects, patience, plainHttp };
  const { descriptor, bytes } = await fetchRoot(session, reference, signal);
  const source = registrySource(session, `the registry image ${formatReference(reference)}`, signal);
  const readSmall = rememberSmall(source.readSmall, [descriptor.digest, bytes]);
  return { source: { ...source, readSmall }, roots: [descriptor] };
}

/** The digest is computed from the bytes that came: it must be what the reference pins, and what the registry claims. */
async function fetchRoot(session: Session, reference: RegistryReference, signal: AbortSignal) {
  const target = { name: reference.digest ?? reference.tag ?? 'latest', limit: maxJsonBytes };
  const fetched = await fetchManifest(session, target, signal);
  if (fetched === null) throw notThere(reference);
  const { bytes, claimedDigest } = fetched;
  const digest = digestOf(bytes);
  const name = `the manifest of ${formatReference(reference)}`;
  if (reference.digest !== null) verifySame(name, reference.digest, digest);
  if (claimedDigest !== null && isDigest(claimedDigest)) verifySame(name, claimedDigest, digest);
  const mediaType = rootType(fetched, name);
  const descriptor: Descriptor = { mediaType, digest, size: bytes.length, artifactType: '', annotations: {} };
  return { descriptor, bytes };
}

function notThere(reference: RegistryReference): UserError {
  return new UserError(`${formatReference(reference)} does not exist, or may not be seen by everyone`, {
    exitCode: 3,
    hint: `Check its name and tag; if it is private, log in with \`${loginCommand(reference.host)}\`.`,
  });
}
