import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{a as t}from"./chunk-55PNPI6Q.js";function r(e){return"size"in e}t(r,"isWeighed");export{r as a};
