import { type Redact, redactStrings } from '../build/redact.ts';
import type { Profile } from './profile.ts';

/** An image's configuration holds expanded build arguments (`LABEL version=$VERSION`): their values are nobody's to read. */
export function redactConfig(profile: Profile, redact: Redact): Profile {
  const config = redactStrings(profile.config, redact);
  const labels = Object.entries(config.labels).map(([name, value]) => [redact(name), value]);
  return { ...profile, config: { ...config, labels: Object.fromEntries(labels) } };
}
