import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{e as a,f as b}from"./chunk-SN63PAJR.js";import"./chunk-DETOYUDM.js";import"./chunk-QOD6MGIR.js";import"./chunk-ZCSAJAXQ.js";import"./chunk-XZZQGRFD.js";import"./chunk-H45Z4KFB.js";import"./chunk-55PNPI6Q.js";export{b as joinBlocks,a as renderMarkdown};
