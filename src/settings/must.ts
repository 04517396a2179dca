import { z } from 'zod';

/** Words of a schema that read on from the key: the one place that says what would be right. */
export const must = (what: string) => ({ error: `must be ${what}` });

/** A text that is not empty, without the blanks around it. */
export const text = (what: string) => z.string(must(what)).trim().min(1, must(what));
