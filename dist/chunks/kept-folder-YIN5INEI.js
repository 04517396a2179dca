import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{a,b}from"./chunk-NS7RBYAB.js";import"./chunk-KBWL7WQ6.js";import"./chunk-EZNUWZ4V.js";import"./chunk-55PNPI6Q.js";export{a as createKeptFolder,b as removeKeptFolder};
