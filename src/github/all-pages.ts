import { z } from 'zod';
import { readReply } from './read-reply.ts';

export type Page = { readonly per_page: number; readonly page: number };
type Answer = { readonly headers: { readonly link?: string | undefined }; readonly data: unknown };

/** Every item of a list, page after page. Counts the pages itself: a link in an answer must not choose where the token goes. */
export async function allPages<Item>(
  item: z.ZodType<Item>,
  ask: (page: Page) => Promise<Answer>,
  itemsOf: (data: unknown) => unknown = (data) => data,
): Promise<readonly Item[]> {
  const all: Item[] = [];
  for (let page = 1; ; page += 1) {
    const { headers, data } = await ask({ per_page: 100, page });
    const items = readReply(z.array(item), itemsOf(data));
    all.push(...items);
    if (items.length === 0 || !/rel="next"/.test(headers.link ?? '')) return all;
  }
}
