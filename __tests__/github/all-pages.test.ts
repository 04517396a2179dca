import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { allPages, type Page } from '../../src/github/all-pages.ts';

const next = { link: '<https://elsewhere.example/?page=2>; rel="next"' };

describe('all pages of a list', () => {
  it('are counted, wherever the link of a page leads', async () => {
    const asked: Page[] = [];
    const ask = async (page: Page) => {
      asked.push(page);
      return { headers: page.page < 3 ? next : {}, data: [page.page] };
    };
    expect(await allPages(z.number(), ask)).toEqual([1, 2, 3]);
    expect(asked).toEqual([1, 2, 3].map((page) => ({ per_page: 100, page })));
  });

  it('end with an empty one, whatever it promises', async () => {
    expect(await allPages(z.number(), async () => ({ headers: next, data: [] }))).toEqual([]);
  });
});
