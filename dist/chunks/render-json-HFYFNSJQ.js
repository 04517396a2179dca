import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{a}from"./chunk-FAITHUXT.js";import"./chunk-JYFOUO3W.js";import"./chunk-CLBC2KJY.js";import"./chunk-RBIIBWDD.js";import"./chunk-W2J5EQWB.js";import"./chunk-55PNPI6Q.js";export{a as renderJson};
