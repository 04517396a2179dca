import type { Profile, ProfileLayer } from './profile.ts';

type Split = { readonly baseCount: number; readonly originFrom: 'diff-id' | 'history' };

/**
 * The same profile with base and own told apart as far as the image that it is compared with tells them: for an image that
 * nobody built here. Layers are known again by diff ID; where the base is another one, its history is believed.
 */
export function splitByHead(profile: Profile, head: Profile): Profile {
  const split = findSplit(profile, head);
  if (split === undefined) return profile;
  const { baseCount, originFrom } = split;
  const layers = profile.layers.map((layer, position) => ({
    ...layer,
    origin: position < baseCount ? ('base' as const) : ('own' as const),
    originFrom: position < sharedLayers(profile, head) ? ('diff-id' as const) : originFrom,
  }));
  return { ...profile, layers, base: { ...profile.base, ...knownBase(profile, head, split) } };
}

function findSplit(profile: Profile, head: Profile): Split | undefined {
  if (head.layers.some(({ origin }) => origin === 'unknown')) return undefined;
  const ofHead = baseCount(head.layers);
  const shared = sharedLayers(profile, head);
  if (ofHead > 0 && shared === ofHead) return { baseCount: ofHead, originFrom: 'diff-id' };
  const isGuessed = profile.layers.every(({ origin }) => origin !== 'unknown');
  if (isGuessed) return { baseCount: Math.max(shared, baseCount(profile.layers)), originFrom: 'history' };
  // History shows no base, and the head has none either.
  const hasHistory = profile.layers.every(({ instruction }) => instruction !== '');
  return ofHead === 0 && hasHistory ? { baseCount: 0, originFrom: 'history' } : undefined;
}

function baseCount(layers: readonly ProfileLayer[]): number {
  return layers.filter(({ origin }) => origin === 'base').length;
}

/** How many of the head's base layers both begin with. */
function sharedLayers(profile: Profile, head: Profile): number {
  const ofHead = head.layers.slice(0, baseCount(head.layers));
  const differs = ofHead.findIndex(({ diffId }, at) => profile.layers[at]?.diffId !== diffId);
  return differs < 0 ? ofHead.length : differs;
}

/** A label is anybody's text, but one that names the head's own base claims nothing else. */
function knownBase({ config }: Profile, { base }: Profile, split: Split): Partial<Profile['base']> {
  const { reference, digest } = base;
  if (reference === undefined) return {};
  if (split.originFrom === 'diff-id') return { reference, ...(digest === undefined ? {} : { digest }) };
  const isNamed = config.labels['org.opencontainers.image.base.name'] === reference;
  return isNamed || (reference === 'scratch' && split.baseCount === 0) ? { reference } : {};
}
