import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{a as t}from"./chunk-JYFOUO3W.js";import{b as o}from"./chunk-CLBC2KJY.js";import{a as r}from"./chunk-55PNPI6Q.js";function m(e){return t(o.parse(e))}r(m,"renderJson");export{m as a};
