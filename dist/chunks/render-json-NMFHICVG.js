import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{a}from"./chunk-OR6D6D44.js";import"./chunk-JYFOUO3W.js";import"./chunk-5S7MCB6T.js";import"./chunk-W2J5EQWB.js";import"./chunk-55PNPI6Q.js";export{a as renderJson};
