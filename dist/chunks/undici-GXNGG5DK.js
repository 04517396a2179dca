import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{a}from"./chunk-WOPSHA7H.js";import"./chunk-55PNPI6Q.js";export default a();
