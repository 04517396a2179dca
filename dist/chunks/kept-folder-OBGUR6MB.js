import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{a,b}from"./chunk-GU7KY5O6.js";import"./chunk-PYHBGVOE.js";import"./chunk-EZNUWZ4V.js";import"./chunk-WOPSHA7H.js";import"./chunk-55PNPI6Q.js";export{a as createKeptFolder,b as removeKeptFolder};
