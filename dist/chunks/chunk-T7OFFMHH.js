import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{a as t}from"./chunk-55PNPI6Q.js";function i(n,r){return`${n} ${r}${n===1?"":"s"}`}t(i,"count");export{i as a};
