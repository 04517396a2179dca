import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{a}from"./chunk-B4BSLGTD.js";import"./chunk-JYFOUO3W.js";import"./chunk-J3WP7YJZ.js";import"./chunk-W2J5EQWB.js";import"./chunk-55PNPI6Q.js";export{a as renderJson};
