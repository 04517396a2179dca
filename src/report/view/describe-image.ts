import type { ImageReport, Report } from '../report.ts';
import { count } from './count.ts';
import { isWeighed } from './is-weighed.ts';
import { sizePhrase } from './size-phrase.ts';

/** What a headline says of an image after verdict and name: its sizes, or why there are none. Holds no outside text. */
export function describeImage({ verdict, platforms }: ImageReport): string {
  const [first, ...others] = platforms;
  if (first === undefined) return verdict === 'error' ? 'could not be judged' : 'no image was built';
  if (others.length > 0) return count(platforms.length, 'platform');
  return isWeighed(first) ? sizePhrase(first) : 'no image: the build failed';
}

/** What the headline of a whole run says after the verdict. */
export function describeRun({ images }: Report): string {
  if (images.length === 0) return 'nothing was built';
  const passed = images.filter((image) => image.verdict === 'pass').length;
  return `${passed} of ${count(images.length, 'image')} passed`;
}
